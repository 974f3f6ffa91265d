import { randomStore } from "../allocation.ts";
import { randomDamage } from "../damage.ts";
import { ENTRY_BYTES, entriesPerArea, entryOffset } from "../disk.ts";
import { FIXTURES, fixtureBytes } from "../fixtures.ts";
import type { Rng } from "../random.ts";
import { damage, fieldsAt, tellingPlaces } from "./damage.ts";
import { Damaged } from "./damaged.ts";

const MOST_BYTES = 1 << 20;
const LITTLE = FIXTURES.filter(({ cowSectors }) => cowSectors * 512 <= MOST_BYTES);

/**
 * A store that is damaged: one that the generator made or one of a real kernel, with damage of a
 * named kind, and header fields, exceptions and bytes of it written over.
 */
export function hostileStore(rng: Rng): Uint8Array {
  const bytes = rng.chance(0.6) ? generated(rng) : fixtureBytes(rng.pick(LITTLE)).slice();
  if (bytes.length === 0 || rng.chance(0.15)) return bytes;
  const damaged = new Damaged(bytes);
  const chunkSectors = new DataView(bytes.buffer, bytes.byteOffset).getUint32(12, true);
  const sound = chunkSectors > 0 && chunkSectors <= 1024 ? chunkSectors : 8;
  const header = fieldsAt(0, true, [
    [0, 4],
    [4, 4],
    [8, 4],
    [12, 4],
  ]);
  const most = Math.min(3 * entriesPerArea(sound), 300);
  const exceptions = Array.from({ length: 24 }, () => {
    const at = entryOffset(rng.below(most), sound);
    return fieldsAt(at, true, [
      [0, 8],
      [8, 8],
      [15, 1],
    ]);
  }).flat();
  const fields = rng.chance(0.3) ? [...header, ...exceptions] : exceptions;
  const ranges: [number, number][] = [
    [0, 512],
    [sound * 512, sound * 1024 + ENTRY_BYTES],
  ];
  damage(damaged, { fields, places: tellingPlaces(bytes, ranges) }, rng);
  return damaged.bytes;
}

function generated(rng: Rng): Uint8Array {
  const store = randomStore(rng);
  return rng.chance(0.7) ? randomDamage(store, rng).bytes : store.bytes.slice();
}
