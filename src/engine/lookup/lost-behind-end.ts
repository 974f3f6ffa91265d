import type { Core } from "../core.ts";
import type { LookupStore } from "./pass-table.ts";

/** How much of an area is looked at behind the end of its table, in bytes: a piece of chunk_io.ts. */
const MOST_BYTES = 1 << 20;

/**
 * Origin chunks of the exceptions that stand in their proper place behind the end of the table
 * (`area.lost-exceptions`): an entry before them was cleared. @throws SourceError
 */
export async function lostBehindEnd(
  core: Core,
  { facts, cow }: LookupStore,
): Promise<{ chunks: Set<bigint>; more: boolean }> {
  const chunks = new Set<bigint>();
  const finding = facts.findings.find(({ code }) => code === "area.lost-exceptions");
  if (!finding || finding.offset === null || finding.area === null) return { chunks, more: false };
  const entryBytes = core.EXCEPTION_BYTES.value;
  const perArea = core.get_per_area();
  const first = finding.index ?? 0;
  const length = Math.min((perArea - first) * entryBytes, MOST_BYTES);
  const bytes = await cow.read([{ offset: Number(finding.offset), length }]);
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  const place = core.area_location(finding.area, perArea) + 1n + BigInt(first);
  for (let at = 0; at < length; at += entryBytes) {
    const isInPlace =
      view.getBigUint64(at + core.EXCEPTION_NEW.value, true) === place + BigInt(at / entryBytes);
    if (isInPlace) chunks.add(view.getBigUint64(at + core.EXCEPTION_OLD.value, true));
  }
  return { chunks, more: BigInt(chunks.size) < (finding.extra ?? 0n) };
}
