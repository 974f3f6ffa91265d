import { planRepair } from "../src/engine/repair/plan-repair.ts";
import { type CheckOptions, DEFAULT_OPTIONS } from "../src/protocol/check.ts";
import type { LevelFacts, RepairFacts, RepairLevel } from "../src/protocol/repair.ts";
import { BytesSource } from "../src/source/bytes-source.ts";
import { loadCore } from "./check-bytes.ts";
import { readSnapshot } from "./oracle/read-snapshot.ts";
import { askOracle, LINUX_NEWEST } from "./oracle.ts";

const core = loadCore();

/** What can be done for bytes in memory, as the command plans it for a file. */
export async function planBytes(
  bytes: Uint8Array,
  options: Partial<CheckOptions> = {},
): Promise<RepairFacts> {
  const asked = { ...DEFAULT_OPTIONS, ...options };
  const hooks = { afterBatch: () => true };
  const facts = await planRepair(await core, new BytesSource(bytes), asked, hooks);
  if (!facts) throw new Error("a plan that nobody cancelled was cancelled");
  return facts;
}

export function levelOf({ levels }: RepairFacts, level: RepairLevel): LevelFacts {
  const found = levels.find((one) => one.level === level);
  if (!found) throw new Error(`no level ${level}`);
  return found;
}

/** The bytes with a level's patches; null where it cannot be. */
export function repairedBytes(bytes: Uint8Array, { obstacle, patches }: LevelFacts) {
  if (obstacle !== null) return null;
  const repaired = bytes.slice();
  for (const { offset, bytes: after } of patches) repaired.set(after, offset);
  return repaired;
}

/**
 * What the snapshot reads, as the kernel's source says (testing/oracle, which shares nothing with
 * the core). @returns null where the store does not activate.
 */
export function readByOracle(
  cow: Uint8Array,
  origin: Uint8Array,
  kernel = LINUX_NEWEST,
): Uint8Array | null {
  const chunkSectors = new DataView(cow.buffer, cow.byteOffset).getUint32(12, true);
  const readable = chunkSectors > 0 && chunkSectors < 1 << 20;
  const tableChunk = readable && (chunkSectors & (chunkSectors - 1)) === 0 ? chunkSectors : 8;
  const { activates, writes } = askOracle(cow, { tableChunk, kernel });
  if (!activates || writes.length > 0) return null;
  const table = { chunkSectors: BigInt(tableChunk), blockSize: 512 };
  const { bytes, unreadable, chunkBytes } = readSnapshot(cow, origin, table, kernel);
  // An unreadable chunk must never be taken for one that reads as zeros.
  for (const chunk of unreadable) bytes.fill(0xee, chunk * chunkBytes, (chunk + 1) * chunkBytes);
  return bytes;
}

/** Sectors that read otherwise than they should; all of them where nothing can be read. */
export function wrongSectors(read: Uint8Array | null, truth: Uint8Array): number {
  const sectors = truth.length / 512;
  if (read === null) return sectors;
  let wrong = 0;
  for (let sector = 0; sector < sectors; sector++) {
    const range = [sector * 512, (sector + 1) * 512] as const;
    if (!Buffer.from(read.subarray(...range)).equals(truth.subarray(...range))) wrong += 1;
  }
  return wrong;
}
