import type { ChunkSizeGuess, FoundFact, HeaderFields, StoreFacts } from "../../protocol/facts.ts";
import type { StoreFindingCode } from "../../protocol/finding.ts";
import { type Core, NONE, rowOf } from "../core.ts";
import type { TrailingBytes } from "../read/read-start.ts";
import { CORE_CODES, HEADER_CODES } from "./finding-codes.ts";

/** Findings and how often each code was met; a code's count can pass what is listed of it. */
export class FindingList {
  readonly findings: FoundFact[] = [];
  readonly counts = new Map<StoreFindingCode, bigint>();

  add(finding: FoundFact, count = 1n): void {
    this.findings.push(finding);
    this.counts.set(finding.code, (this.counts.get(finding.code) ?? 0n) + count);
  }

  has(code: StoreFindingCode): boolean {
    return this.counts.has(code);
  }
}

/** The header's findings, from the bits of check_header(). */
export function addHeaderFindings(list: FindingList, core: Core, header: HeaderFields): void {
  const bits = core.check_header(core.header_pointer());
  HEADER_CODES.forEach(([code, field], bit) => {
    if (!(bits & (1 << bit))) return;
    const offset = BigInt(headerOffset(core, field));
    list.add({
      code,
      ...nowhere,
      chunk: 0n,
      offset,
      length: 4,
      expected: code === "header.magic.wrong" ? BigInt(core.SNAP_MAGIC.value >>> 0) : 0n,
      found: BigInt(header[field]),
    });
  });
}

export function addTrailingBytes(list: FindingList, trailing: TrailingBytes): void {
  list.add({
    code: "header.trailing-bytes",
    ...nowhere,
    chunk: 0n,
    offset: BigInt(trailing.first),
    length: trailing.last - trailing.first + 1,
    expected: 0n,
    found: BigInt(trailing.nonzero),
  });
}

/** Another chunk size (sectors) than the header's fits the bytes far better. */
export function addContradiction(
  list: FindingList,
  core: Core,
  chunkSize: number,
  better: ChunkSizeGuess,
): void {
  list.add({
    code: "header.chunk-size.contradicted",
    ...nowhere,
    chunk: 0n,
    offset: BigInt(core.HEADER_CHUNK_SIZE.value),
    length: 4,
    expected: BigInt(better.sectors),
    found: BigInt(chunkSize),
    extra: BigInt(better.entries),
  });
}

/**
 * The core's records of areas and exceptions, with their places in bytes.
 * @param invalidated whether the header says valid = 0: only then can the race have struck.
 */
export function addCoreFindings(
  list: FindingList,
  core: Core,
  chunkSize: number,
  invalidated = true,
): void {
  const recordBytes = core.FINDING_BYTES.value;
  const view = new DataView(core.memory.buffer, core.findings_pointer());
  for (let i = 0; i < core.findings_recorded(); i++) {
    const at = i * recordBytes;
    const code = rowOf(CORE_CODES, view.getUint32(at, true));
    if (code === "race.area.wiped" && !invalidated) continue;
    const extra = view.getBigUint64(at + 32, true);
    const area = view.getBigUint64(at + 8, true);
    const index = view.getUint32(at + 4, true);
    list.findings.push({
      code,
      ...(area === NONE ? nowhere : place(core, code, chunkSize, area, index)),
      expected: view.getBigUint64(at + 16, true),
      found: view.getBigUint64(at + 24, true),
      extra: extra === NONE ? null : extra,
    });
  }
  CORE_CODES.forEach((code, number) => {
    const count = core.findings_count(number);
    if (count > 0n && (code !== "race.area.wiped" || invalidated)) list.counts.set(code, count);
  });
}

/** What concerns the store as a whole: its end, room left, chunks that are lost. */
export function addStoreFindings(
  list: FindingList,
  core: Core,
  facts: Pick<StoreFacts, "options" | "sectors" | "activation" | "exceptions" | "areasFull">,
): void {
  const needed = core.needed_sectors();
  if (needed > facts.sectors && facts.exceptions > 0n) {
    list.add({ code: "store.truncated", ...nowhere, expected: needed, found: facts.sectors });
  }
  const holes = core.holes();
  if (holes > 0n) list.add({ code: "store.holes", ...nowhere, expected: 0n, found: holes });
  const usable = facts.activation.outcome === "read-areas" && !facts.activation.areas?.ioError;
  if (usable && needed <= facts.sectors && core.is_full() && !allCopied(core, facts)) {
    list.add({
      code: "store.full",
      ...nowhere,
      expected: facts.sectors,
      found: core.sectors_allocated(true, 64),
    });
    const full = BigInt(facts.areasFull) * BigInt(core.get_per_area());
    if (full > 0n && facts.exceptions === full) {
      list.add({
        code: "store.ends-behind-full-area",
        ...nowhere,
        area: BigInt(facts.areasFull),
        expected: 0n,
        found: facts.sectors,
      });
    }
  }
  const { outcome, tableChunk } = facts.activation;
  if (outcome === "bad-table") {
    const found = BigInt(tableChunk);
    list.add({ code: "table.chunk-size.refused", ...nowhere, expected: 0n, found });
  }
}

/**
 * A table that names chunks in their proper place behind the device's end, on a device that is whole
 * extents long: only where nothing else, such as a wrong chunk size, explains it.
 */
export function addCutByResize(list: FindingList, facts: StoreFacts): void {
  const cut = list.findings.find(({ code }) => code === "store.truncated");
  const header = list.findings.some(
    ({ code }) => code.startsWith("race.header.") || code === "header.chunk-size.contradicted",
  );
  if (!cut || header || facts.activation.outcome !== "read-areas") return;
  if (facts.sectors % LVM_EXTENT_SECTORS !== 0n) return;
  list.add({ ...cut, code: "store.cut-by-resize" });
}

/** Whether every chunk of the origin has its exception: then no write ever needs room again. */
function allCopied(
  core: Core,
  { options, exceptions }: Pick<StoreFacts, "options" | "exceptions">,
): boolean {
  const chunk = BigInt(core.get_chunk_size());
  return options.originSectors !== null && exceptions * chunk >= options.originSectors;
}

/** Volumes are whole extents, and those are multiples of 128 KiB (vgcreate(8)), in sectors. */
const LVM_EXTENT_SECTORS = 256n;

const nowhere = {
  offset: null,
  length: null,
  chunk: null,
  area: null,
  index: null,
  extra: null,
} as const;

function headerOffset(core: Core, field: keyof HeaderFields): number {
  switch (field) {
    case "magic":
      return core.HEADER_MAGIC.value;
    case "valid":
      return core.HEADER_VALID.value;
    case "version":
      return core.HEADER_VERSION.value;
    case "chunkSize":
      return core.HEADER_CHUNK_SIZE.value;
  }
}

/** The bytes that an area's or an exception's finding is about. */
function place(
  core: Core,
  code: StoreFindingCode,
  chunkSize: number,
  area: bigint,
  index: number,
): Pick<FoundFact, "offset" | "length" | "chunk" | "area" | "index"> {
  const chunk = core.area_location(area, core.get_per_area());
  const areaOffset = chunk * BigInt(chunkSize) * 512n;
  const entryBytes = core.EXCEPTION_BYTES.value;
  if (code === "area.beyond-device") {
    return { offset: areaOffset, length: chunkSize * 512, chunk, area, index: null };
  }
  const entry = areaOffset + BigInt(index) * BigInt(entryBytes);
  if (!code.startsWith("exception.")) {
    return { offset: entry, length: entryBytes, chunk, area, index };
  }
  const field = code.startsWith("exception.old.") ? core.EXCEPTION_OLD : core.EXCEPTION_NEW;
  return { offset: entry + BigInt(field.value), length: 8, chunk, area, index };
}
