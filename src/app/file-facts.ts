import type { Progress } from "../protocol/check.ts";
import type { MachineTree } from "../protocol/machine.ts";
import type { Report } from "../protocol/report.ts";
import type { ReadOfWhole } from "../protocol/store-service.ts";
import { byteSize, counted, grouped } from "../ui/format.ts";
import type { SessionState } from "./session.ts";

/**
 * "checked 8 KiB: header and 1 area". Not the bytes read: bytes that are looked at twice, as to
 * rank chunk sizes, would count twice.
 */
export function whatWasChecked({ verdict, image, areas, chunkSize }: Report): string {
  if (verdict.id === "not-a-store") return "no COW store";
  const whole = Number(image.bytes);
  const checked = Math.min((1 + areas.read) * chunkSize.sectors * 512, whole);
  const what = areas.read === 0 ? "the header" : `header and ${counted(areas.read, "area")}`;
  return `checked ${byteSize(checked)}: ${what}`;
}

/** The same while it goes on. */
export function whatIsRead({ areas, exceptions, ends }: Progress): string {
  const of = ends === null ? "" : `${grouped(Math.min(areas, ends.areas))} of `;
  return `${of}${counted(ends?.areas ?? areas, "area")}, ${counted(exceptions, "exception")} so far`;
}

/** How far what is on the screen has been read; "" where there is nothing to say. */
export function whatIsKnown(state: Exclude<SessionState, { at: "start" | "machine" }>): string {
  switch (state.at) {
    case "open":
      return whatWasChecked(state.store.report);
    case "checking": {
      const { looking, progress } = state;
      return looking === null ? whatIsRead(progress) : `looking into it, ${readOf(looking)}`;
    }
    case "problem":
      return "";
  }
}

/** The same of files that are more than one store. */
export const whatIsInside = ({ stores }: MachineTree, bytes: ReadOfWhole): string =>
  stores.length === 0 ? "no COW store" : readOf(bytes);

const readOf = ({ read, whole }: ReadOfWhole): string =>
  `read ${byteSize(read)} of ${byteSize(whole)}`;
