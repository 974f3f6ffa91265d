import {
  AREAS_ENDINGS,
  type ChunkPair,
  HEADER_ENDINGS,
  type RaceFrame,
  type RaceNextStep,
  type RaceOp,
  type RaceParams,
  type RacePlace,
  type RaceStepId,
  type RaceThread,
} from "../../protocol/race.ts";
import { dataChunk } from "../../protocol/race-defaults.ts";
import { type Core, rowOf } from "../core.ts";
import { setParams } from "./set-params.ts";

/** In the core's order: OP_INVALIDATE … OP_READ_VALID of wasm/race/step.ts. */
export const OPS: readonly RaceOp[] = [
  "invalidate",
  "memset",
  "store",
  "copy",
  "pending",
  "read-valid",
];

/** Which function of dm-snap-persistent.c each step belongs to. */
const FUNCTIONS: Record<RaceStepId, string> = {
  I1: "persistent_drop_snapshot",
  I2: "write_header",
  I3: "write_header",
  I4: "write_header",
  I5: "write_header",
  I6: "write_header",
  I7: "chunk_io",
  C1: "write_exception",
  C2: "write_exception",
  C3: "persistent_commit_exception",
  C4: "zero_disk_area",
  C5: "persistent_commit_exception",
  C6: "area_io",
  C7: "zero_memory_area",
};

export const threadNumber = (thread: RaceThread) => (thread === "I" ? 0 : 1);

/** The core's machine at its start. @param oldEntries entries 1 … index − 1 of area 0, if known. */
export function startMachine(
  core: Core,
  params: RaceParams,
  oldEntries: readonly ChunkPair[] | null,
): void {
  setParams(core, params);
  core.race_start();
  const entries = oldEntries ?? inventedEntries(params);
  entries.slice(0, Math.max(0, params.index - 1)).forEach(([oldChunk, newChunk], at) => {
    core.race_set_old_entry(at + 1, oldChunk, newChunk);
  });
}

/** Entries that a kernel could have written before: chunks in order, no old chunk twice. */
function inventedEntries(params: RaceParams): ChunkPair[] {
  const first = [...params.exceptions, params.entry0].reduce(
    (most, [oldChunk]) => (oldChunk > most ? oldChunk : most),
    0n,
  );
  const count = Math.max(0, params.index - 1);
  return Array.from({ length: count }, (_, at) => [
    BigInt.asUintN(64, first + BigInt(at + 1)),
    dataChunk(at + 1, params.entriesPerArea),
  ]);
}

/** The places by the core's numbers. */
export function places(core: Core): RacePlace[] {
  const areas = Array.from({ length: core.race_areas() }, (_, area): RacePlace => {
    return { kind: "chunk", name: `area ${area}`, area };
  });
  const buffers = ["area", "header_area", "zero_area"];
  return [
    ...buffers.map((name): RacePlace => ({ kind: "buffer", name, area: null })),
    { kind: "chunk", name: "header", area: null },
    ...areas,
  ];
}

/** What a thread would do next, null at its end. */
export function nextStep(core: Core, thread: RaceThread): RaceNextStep | null {
  const pointer = core.race_next(threadNumber(thread));
  if (pointer === 0) return null;
  const memory = new DataView(core.memory.buffer, pointer);
  const field = (offset: { value: number }) => memory.getUint32(offset.value, true);
  const op = rowOf(OPS, field(core.STEP_OP));
  const id = `${thread}${field(core.STEP_ID)}` as RaceStepId;
  return {
    thread,
    id,
    op,
    fn: FUNCTIONS[id],
    copy: field(core.STEP_COPY),
    place: field(core.STEP_PLACE),
    offset: field(core.STEP_OFFSET),
    length: field(core.STEP_LENGTH),
    from: op === "copy" ? field(core.STEP_FROM) : null,
    value: op === "store" ? memory.getBigUint64(core.STEP_VALUE.value, true) : null,
  };
}

/** The machine as it stands. */
export function frame(core: Core): RaceFrame {
  return {
    valid: core.race_valid() !== 0,
    pending: core.race_pending(),
    currentArea: core.race_current_area(),
    currentCommitted: core.race_current_committed(),
    header: rowOf(HEADER_ENDINGS, core.race_header_now()),
    areas: rowOf(AREAS_ENDINGS, core.race_areas_now()),
  };
}
