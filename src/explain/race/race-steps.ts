import type { RaceNextStep, RaceParams } from "../../protocol/race.ts";

/** What one step of the race does, in a sentence: the source line in our own words. */
export function stepSentence(step: RaceNextStep, params: RaceParams, readValid?: boolean): string {
  switch (step.id) {
    case "I1":
      return "The invalidating thread sets ps->valid to 0: from here on no callback begins to write an area.";
    case "I2":
      return `write_header clears ${partWords(step)} of ${headerBuffer(params)}.`;
    case "I3":
      return `write_header stores the magic, SnAp, at byte 0 of ${headerBuffer(params)}.`;
    case "I4":
      return `write_header stores valid = 0 at byte 4 of ${headerBuffer(params)}.`;
    case "I5":
      return `write_header stores version = 1 at byte 8 of ${headerBuffer(params)}.`;
    case "I6":
      return `write_header stores chunk_size = ${params.chunkSize} at byte 12 of ${headerBuffer(params)}.`;
    case "I7":
      return `The device takes ${partWords(step)} of ${headerBuffer(params)} into chunk 0, whatever it holds by now.`;
    case "C1":
      return storeSentence(step, params, "old_chunk");
    case "C2":
      return storeSentence(step, params, "new_chunk");
    case "C3":
      return "One copy fewer is pending; unless it was the last one, or the area is full, this callback is done.";
    case "C4":
      return "The area is full: zero_disk_area writes zeros to the chunk of the next one.";
    case "C5":
      return readSentence(readValid);
    case "C6":
      return `The device takes ${partWords(step)} of ps->area into the area's chunk.`;
    case "C7":
      return `zero_memory_area clears ${partWords(step)} of ps->area for the area that comes next.`;
  }
}

/** "step 7", "steps 7 and 8", "steps 6, 7 and 8". */
export function stepsWords(numbers: readonly number[]): string {
  const last = numbers.at(-1) ?? 0;
  if (numbers.length < 2) return `step ${last}`;
  return `steps ${numbers.slice(0, -1).join(", ")} and ${last}`;
}

/** The few words that fit on a step of the time axis. */
export function stepLabel(step: RaceNextStep): string {
  switch (step.id) {
    case "I1":
      return "valid = 0";
    case "I2":
    case "C7":
      return `memset ${partLabel(step)}`;
    case "I3":
      return "magic";
    case "I4":
      return "valid";
    case "I5":
      return "version";
    case "I6":
      return "chunk_size";
    case "I7":
      return `chunk_io ${partLabel(step)}`;
    case "C1":
      return `old_chunk${halfLabel(step)}`;
    case "C2":
      return `new_chunk${halfLabel(step)}`;
    case "C3":
      return "pending −1";
    case "C4":
      return "zero next area";
    case "C5":
      return "read valid";
    case "C6":
      return `area_io ${partLabel(step)}`;
  }
}

const headerBuffer = ({ fix }: RaceParams) =>
  fix === "before" ? "ps->area, which also holds the current area" : "ps->header_area";

function partWords({ offset, length }: RaceNextStep): string {
  if (offset === 0 && length > 16) return "the whole chunk";
  if (offset >= 16) return "the rest, from byte 16 on,";
  return `bytes ${offset}–${offset + length - 1}`;
}

function partLabel({ offset, length }: RaceNextStep): string {
  if (offset === 0 && length > 16) return "all";
  if (offset >= 16) return "rest";
  const first = offset / 4;
  return length === 4 ? `${first}` : `${first}–${first + length / 4 - 1}`;
}

function halfLabel({ offset, length }: RaceNextStep): string {
  if (length === 8) return "";
  return offset % 8 === 0 ? " low" : " high";
}

function storeSentence(step: RaceNextStep, params: RaceParams, field: string): string {
  const entry = Math.floor(step.offset / 16);
  const half = step.length === 8 ? "" : `${halfLabel(step).trim()} half of `;
  const what = `The callback stores the ${half}${field} (${step.value ?? 0n}) into entry ${entry} of the area`;
  if (entry !== 0 || params.fix === "after") return `${what}.`;
  return `${what}: where the header has its ${headerFields(step)}.`;
}

const HEADER_FIELDS = ["magic", "valid", "version", "chunk_size"];

function headerFields({ offset, length }: RaceNextStep): string {
  return HEADER_FIELDS.slice(offset / 4, (offset + length) / 4).join(" and ");
}

function readSentence(readValid: boolean | undefined): string {
  const asks = "The callback asks, once, whether the store is still valid";
  if (readValid === undefined) return `${asks}.`;
  return readValid
    ? `${asks}: it is, so the area will be written, whatever happens to it meanwhile.`
    : `${asks}: it is not, so the area is not written.`;
}
