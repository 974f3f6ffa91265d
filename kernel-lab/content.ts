import { SECTOR } from "../testing/disk.ts";

/** Each sector repeats "TAG sNNNNNNNN ", so that content tells where it belongs. As guest/write_sectors.c. */
export function labelledSectors(tag: string, sectors: number): Uint8Array {
  const bytes = new Uint8Array(sectors * SECTOR);
  for (let sector = 0; sector < sectors; sector++) {
    const label = `${tag} s${String(sector).padStart(8, "0")} `;
    bytes.set(Buffer.alloc(SECTOR, label), sector * SECTOR);
  }
  return bytes;
}
