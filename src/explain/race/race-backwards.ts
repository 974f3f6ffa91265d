import type { BackwardsDoubt, BackwardsShape, HalfKnown } from "../../protocol/race.ts";

/** How C met the header, in a clause. */
export const SHAPE_WORDS: Record<BackwardsShape, string> = {
  elsewhere: "the callback wrote elsewhere: at an index above 0, or not at the same time",
  "first-entry": "one exception was stored at index 0, over the header",
  "area-fills": "the area was full, and was cleared with the header in it",
  "area-fills-then-first-entry":
    "the area was full and cleared, then an exception was stored at index 0",
  "first-entry-then-area-fills":
    "an exception was stored at index 0, then the area was full and cleared",
  "first-entry-area-fills-first-entry":
    "an exception at index 0, the area full and cleared, another exception at index 0",
};

export const DOUBT_WORDS: Record<BackwardsDoubt, string> = {
  "new-chunk-is-header": "its new_chunk would be the header’s own",
  "new-chunk-is-metadata": "its new_chunk would be an area’s",
  "new-chunk-beyond-device": "its new_chunk would lie behind the end of the device",
  "old-chunk-beyond-origin": "its old_chunk would lie behind the end of the origin",
};

/** A chunk number as far as the bytes tell it. */
export function halvesWords({ low, high }: HalfKnown): string {
  if (low === null && high === null) return "anything";
  if (low === null) return `anything with ${high} in its upper half`;
  if (high === null) return `${low} in its lower half, the upper unknown`;
  return String(BigInt(low) + (BigInt(high) << 32n));
}
