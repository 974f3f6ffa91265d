import type { StoreFacts } from "../../protocol/facts.ts";
import type { Invalidated } from "../../protocol/repair.ts";
import type { Core } from "../core.ts";
import { saysWhetherValid } from "../read/read-start.ts";

/** Traces of the race that the kernel leaves only while it invalidates a store. */
const RACES = new Set([
  "race.header.torn",
  "race.header.exception",
  "race.header.zeroed",
  "race.header.stray-exception",
  "race.area.header",
  "race.area.wiped",
]);

/** Whether the kernel invalidated the store, as far as the bytes tell. */
export function invalidated(
  core: Core,
  { header, findings, saysNeverInvalidated }: StoreFacts,
): Invalidated {
  if (header === null) return "unknown";
  if (saysNeverInvalidated) return "no";
  if (findings.some(({ code }) => RACES.has(code))) return "race";
  return saysWhetherValid(core, header) && header.valid === 0 ? "flag" : "unknown";
}
