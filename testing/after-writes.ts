import type { KernelOutcome } from "../src/protocol/report.ts";
import { headerBytes, SECTOR, SNAP_MAGIC } from "./disk.ts";

/** The store as the foretold writes would leave it: a fresh header, zeros elsewhere. */
export function afterWrites(store: Uint8Array, writes: KernelOutcome["writes"]): Uint8Array {
  const after = store.slice();
  for (const { sector, sectors, what } of writes) {
    const start = Number(sector) * SECTOR;
    after.fill(0, start, start + Number(sectors) * SECTOR);
    if (what === "header") after.set(headerBytes(SNAP_MAGIC, 1, 1, Number(sectors)), start);
  }
  return after;
}
