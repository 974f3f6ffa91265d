import type { StoreFindingCode } from "../../protocol/finding.ts";

/** The codes that wasm/findings.ts numbers, in its order. */
export const CORE_CODES = [
  "area.beyond-device",
  "area.trailing-bytes",
  "exception.new.beyond-device",
  "exception.new.metadata",
  "exception.new.duplicate",
  "exception.new.top-byte",
  "exception.new.run-overflow",
  "exception.old.beyond-origin",
  "exception.old.duplicate",
  "exception.order",
  "exception.table.tangled",
  "race.area.header",
  "race.area.wiped",
  "history.cve-2013-4299",
  "history.bufio-area",
  "area.lost-exceptions",
  "exception.table.unsettled",
] as const satisfies readonly StoreFindingCode[];

/** The bits of wasm/forensics/header_check.ts, from bit 0 on, and the header field each is about. */
export const HEADER_CODES = [
  ["header.magic.zero", "magic"],
  ["header.magic.wrong", "magic"],
  ["header.chunk-size.zero", "chunkSize"],
  ["header.chunk-size.not-power-of-2", "chunkSize"],
  ["header.chunk-size.too-high", "chunkSize"],
  ["header.chunk-size.block-size", "chunkSize"],
  ["header.chunk-size.memory", "chunkSize"],
  ["header.chunk-size.overrides-table", "chunkSize"],
  ["header.version.unknown", "version"],
  ["header.valid.zero", "valid"],
  ["header.valid.odd", "valid"],
] as const satisfies readonly (readonly [StoreFindingCode, string])[];
