import { SECTOR } from "../testing/disk.ts";

/** Each sector repeats "TAG sNNNNNNNN ", so that content tells where it belongs. As guest/write_sectors.c. */
export function labelledSectors(tag: string, sectors: number): Uint8Array {
  const bytes = new Uint8Array(sectors * SECTOR);
  const encoder = new TextEncoder();
  for (let sector = 0; sector < sectors; sector++) {
    const label = encoder.encode(`${tag} s${String(sector).padStart(8, "0")} `);
    for (let at = 0; at < SECTOR; at++) {
      bytes[sector * SECTOR + at] = label[at % label.length] ?? 0;
    }
  }
  return bytes;
}
