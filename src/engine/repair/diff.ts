import type { Patch } from "../../protocol/patch.ts";

/** Equal bytes that do not end a patch: a new one takes as much to write down. */
const GAP = 8;

/** The fewest patches that make `after` of `before`, which lies at `offset` of the image. */
export function patchesBetween(
  before: Uint8Array<ArrayBuffer>,
  after: Uint8Array<ArrayBuffer>,
  offset: number,
): Required<Patch>[] {
  const patches: Required<Patch>[] = [];
  let first = -1;
  let last = -1;
  const end = () => {
    if (first < 0) return;
    const bytes = after.slice(first, last + 1);
    patches.push({ offset: offset + first, bytes, before: before.slice(first, last + 1) });
  };
  for (let at = 0; at < before.length; at++) {
    if (before[at] === after[at]) continue;
    if (first >= 0 && at - last > GAP) {
      end();
      first = -1;
    }
    if (first < 0) first = at;
    last = at;
  }
  end();
  return patches;
}
