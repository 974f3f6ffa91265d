/** What can be wrong or odd in a store. Codes are a contract: add, never rename. */
export type Severity = "ok" | "note" | "problem" | "fatal";

export const FINDING_CODES = [
  "header.magic.zero",
  "header.magic.wrong",
  "header.chunk-size.zero",
  "header.chunk-size.not-power-of-2",
  "header.chunk-size.too-high",
  "header.chunk-size.block-size",
  "header.chunk-size.memory",
  "header.chunk-size.overrides-table",
  "header.version.unknown",
  "header.valid.zero",
  "header.valid.odd",
  "header.chunk-size.contradicted",
  "header.trailing-bytes",
  "area.beyond-device",
  "area.trailing-bytes",
  "area.lost-exceptions",
  "exception.new.beyond-device",
  "exception.new.metadata",
  "exception.new.duplicate",
  "exception.new.top-byte",
  "exception.new.run-overflow",
  "exception.old.beyond-origin",
  "exception.old.duplicate",
  "exception.order",
  "exception.table.tangled",
  "exception.table.unsettled",
  "store.holes",
  "store.incomplete",
  "store.truncated",
  "store.full",
  "store.ends-behind-full-area",
  "store.cut-by-resize",
  "table.chunk-size.refused",
  "store.orphan-area",
  "race.header.torn",
  "race.header.exception",
  "race.header.zeroed",
  "race.header.stray-exception",
  "race.area.header",
  "race.area.wiped",
  "history.reformatted",
  "history.cve-2013-4299",
  "history.bufio-area",
  "history.holes",
] as const;

export type FindingCode = (typeof FINDING_CODES)[number];

/** What a store's own bytes can tell. */
export type StoreFindingCode = Exclude<FindingCode, "store.incomplete">;

/** Where a finding lies. Chunks and areas count from 0; `offset` is in bytes from the device's start. */
export interface Where {
  chunk: string | null;
  area: string | null;
  /** The entry within its area. */
  index: string | null;
  offset: string | null;
  /** In bytes. */
  length: number | null;
}

export interface Finding {
  code: FindingCode;
  severity: Severity;
  message: string;
  where: Where;
  expected: string;
  found: string;
}
