import type { ReplayLink } from "../../address/replay-link.ts";
import type { RaceEnding, RaceParams } from "../../protocol/race.ts";
import { DEFAULT_RACE, varyRace } from "../../protocol/race-defaults.ts";

/** One stop of the guided tour: words, and the scene they are about. */
export interface TourStop {
  title: string;
  /** With **names** and `code`, as verdicts have them. */
  text: string;
  scene: ReplayLink;
  /** How the whole schedule ends. */
  ends: RaceEnding;
}

const scene = (schedule: string, step: number, vary: Partial<RaceParams> = {}): ReplayLink => ({
  params: varyRace(DEFAULT_RACE, vary),
  schedule,
  step,
});

const INVALIDATE = "IIIIIIIIIIIII";
const COMMIT = "CCCCCCCCC";
/** C's exception lands on the header after I has built it and before the device takes it. */
const BOOT_CRASH = "IIIICIIIICCCIIIII";
/** The area is full: C clears it, and with it the header that I has just built there. */
const WIPED = "IIIIIIIICCCCCCCCIIIII";

export const TOUR: readonly TourStop[] = [
  {
    title: "A snapshot that runs out of room",
    text: "A device-mapper snapshot keeps the old contents of whatever changes on a disk, in a second device: the COW store. Its first chunk is the **header**: a magic, whether the snapshot is still valid, a version, and the chunk size. Behind it lie the **areas**: tables that say which old chunk was saved where, 16 bytes an exception. When a write finds no room left, the snapshot can no longer be kept: it has to be marked invalid, on the disk.",
    scene: scene(COMMIT + INVALIDATE, 0),
    ends: "invalidated + kept",
  },
  {
    title: "Two threads, each with its own business",
    text: "**I** is the thread whose write found no room: it writes a new header, with valid = 0. **C** is kcopyd’s callback: a copy that was already under way has finished, and its exception goes into the area. Here C is done before I begins. That is how it is meant: the exception is on the disk, and the header says invalid.",
    scene: scene(COMMIT + INVALIDATE, 22),
    ends: "invalidated + kept",
  },
  {
    title: "The mistake: a borrowed buffer",
    text: "To write a chunk one needs a chunk of memory. `write_header` did not have its own: it borrowed `ps->area`, where the current area lives, and cleared it first. No lock keeps C away meanwhile. See the two rulers: the same 16 bytes are an exception to one thread and the header to the other.",
    scene: scene(BOOT_CRASH, 5),
    ends: "zero-chunk-size",
  },
  {
    title: "Eight bytes in the wrong place",
    text: "I has built its header. Then C stores the second half of its exception, new_chunk = 2: eight bytes, right over version and chunk_size. The upper half of a chunk number is zero on any store of ordinary size. So **chunk_size is now 0**, and I does not look again.",
    scene: scene(BOOT_CRASH, 10),
    ends: "zero-chunk-size",
  },
  {
    title: "The machine no longer boots",
    text: "The device takes what the buffer holds. From now on every activation of the volume group reads chunk_size 0, and kernels up to 2.6.31 believe it: they resize a pool to 0 and stop at `kernel BUG at mm/mempool.c`. The volume group is activated at every boot. That was bug 461506.",
    scene: scene(BOOT_CRASH, 17),
    ends: "zero-chunk-size",
  },
  {
    title: "Or everything is lost, silently",
    text: "The other way round: C’s exception was the last that fits. It clears the area for the next one, while the header is waiting in there to be written. A header of zeros is no error: it means **a new snapshot**, and the next activation writes a fresh header and an empty area. No message, no snapshot.",
    scene: scene(WIPED, 16, { index: 255 }),
    ends: "new-snapshot",
  },
  {
    title: "The fix: a buffer of its own",
    text: "Commit 61578dcd gives the header `ps->header_area`. Nothing else changes: the same steps, in the same order as at the stop before the last, and no lock. Yet now the two threads write to different memory, and **every one** of the 10,947 interleavings ends as intended.",
    scene: scene(BOOT_CRASH, 17, { fix: "after" }),
    ends: "invalidated + kept",
  },
  {
    title: "And its sister: believe no header",
    text: "Stores that the race had already damaged were still out there. Commit ae0b7448 came with the fix and **checks the chunk size that is on the disk**: a power of two, a multiple of the device’s block, not too large. The same 16 bytes that stopped a machine from booting are now one line, `invalid on-disk chunk size 0`, and an activation that is refused. One commit stops the damage, the other survives it.",
    scene: scene(BOOT_CRASH, 17),
    ends: "zero-chunk-size",
  },
];

/** @param stop from 1, as an address counts; null: none. */
export const sceneOf = (stop: number | null): ReplayLink | null =>
  (stop === null ? undefined : TOUR[stop - 1])?.scene ?? null;
