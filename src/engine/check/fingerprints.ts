import type { FoundFact, HeaderFields, StoreFacts } from "../../protocol/facts.ts";
import type { StoreFindingCode } from "../../protocol/finding.ts";
import { type Core, rowOf } from "../core.ts";
import type { FindingList } from "./lift-findings.ts";
import { inLastArea, type TableFacts } from "./table-history.ts";

/** wasm/forensics/header_race.ts, in its order; the ones that are a header torn. */
export const HEADER_RACES = [
  null,
  "torn-by-new",
  "torn-by-old",
  "torn-by-low-half",
  "torn-by-memset",
  "exception",
  "zero",
] as const;

export type HeaderRace = Exclude<(typeof HEADER_RACES)[number], null>;

/** Traces in chunk 0, seen while its bytes were at hand. */
export interface HeaderTraces {
  race: HeaderRace | null;
  stray: { first: number; last: number; count: bigint; half: boolean; only: boolean } | null;
}

/** What the header chunk tells; the core must know the store's chunk size by now. */
export function headerTraces(core: Core): HeaderTraces {
  const count = core.get_stray_exceptions();
  return {
    race: rowOf(HEADER_RACES, core.header_race(core.header_pointer())),
    stray:
      count === 0
        ? null
        : {
            first: core.get_stray_first(),
            last: core.get_stray_last(),
            count: BigInt(count),
            half: core.get_stray_half(),
            only: core.get_stray_only(),
          },
  };
}

/** Whether what stands in chunk 0 behind the header can only be exceptions: half of one alone may be chance. */
export function strayFits({ race, stray }: HeaderTraces): boolean {
  return stray?.only === true && (!stray.half || race !== null || stray.count > 1n);
}

/**
 * Fingerprints of the race in the header (RACE.md, "what can reach the disk before the fix"). Each
 * says that the bytes fit it, never more; `extra` of a torn header is which of the tears.
 * @param filledUp whether the last area may have been filled up: a zeroed header needs that.
 */
export function addHeaderRace(
  list: FindingList,
  core: Core,
  facts: Pick<StoreFacts, "header"> & TableFacts,
  traces: HeaderTraces,
  filledUp: boolean,
): void {
  const { race, stray } = traces;
  const { header, areasFull } = facts;
  const fits = race !== "zero" || filledUp || areasFull > 0 || strayFits(traces);
  if (header && race !== null && fits) {
    list.add({ ...inHeader(core, race, header), code: headerCode(race) });
  }
  if (stray && strayFits(traces)) {
    const entry = core.EXCEPTION_BYTES.value;
    list.add({
      code: "race.header.stray-exception",
      chunk: 0n,
      offset: BigInt(stray.first * entry),
      length: (stray.last - stray.first + 1) * entry,
      area: null,
      index: stray.first,
      expected: inNoArea(stray, facts),
      found: stray.count,
      extra: stray.half ? 1n : null,
    });
  }
}

/**
 * How many of the exceptions in chunk 0 the table has not at their own index: the shared buffer was
 * the current area's, so those behind the table's end were never written to it. Without them the
 * kernel reads their origin chunks from the origin.
 */
function inNoArea(
  { first, last, count }: NonNullable<HeaderTraces["stray"]>,
  facts: TableFacts,
): bigint {
  const known = inLastArea(facts);
  const behind = BigInt(last) + 1n - (known > BigInt(first) ? known : BigInt(first));
  return behind <= 0n ? 0n : behind < count ? behind : count;
}

function headerCode(race: HeaderRace): StoreFindingCode {
  if (race === "zero") return "race.header.zeroed";
  return race === "exception" ? "race.header.exception" : "race.header.torn";
}

function inHeader(core: Core, race: HeaderRace, header: HeaderFields): Omit<FoundFact, "code"> {
  const bytes = core.HEADER_BYTES.value;
  const half = bytes / 2;
  const old = (BigInt(header.valid) << 32n) | BigInt(header.magic);
  const fresh = (BigInt(header.chunkSize) << 32n) | BigInt(header.version);
  const place = { chunk: 0n, area: null, index: null };
  switch (race) {
    case "torn-by-old":
      return { ...place, offset: 0n, length: half, expected: 0n, found: old, extra: 0n };
    case "torn-by-new":
      return {
        ...place,
        offset: BigInt(half),
        length: half,
        expected: 0n,
        found: fresh,
        extra: 1n,
      };
    case "torn-by-low-half": {
      const offset = BigInt(core.HEADER_VERSION.value);
      return { ...place, offset, length: 4, expected: 1n, found: fresh & 0xffffffffn, extra: 2n };
    }
    case "torn-by-memset":
      return {
        ...place,
        offset: BigInt(half),
        length: half,
        expected: 0n,
        found: fresh,
        extra: 3n,
      };
    case "exception":
    case "zero":
      return { ...place, offset: 0n, length: bytes, expected: old, found: fresh, extra: null };
  }
}
