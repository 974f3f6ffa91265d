import type { CheckOptions } from "../protocol/check.ts";
import type { FoundStore, StoreSubject } from "../protocol/machine.ts";
import { shellQuote } from "../protocol/shell-quote.ts";
import type { ImageProblem } from "./image-problem.ts";

/** The options of a check, with what the volume group says where the caller did not. */
export function checkOptionsOf(
  { lvmChunkSectors, snapshotBytes }: FoundStore,
  options: CheckOptions,
): CheckOptions {
  const originSectors =
    options.originSectors ?? (snapshotBytes === null ? null : BigInt(snapshotBytes) / 512n);
  return {
    ...options,
    originSectors,
    ...(lvmChunkSectors === null ? {} : { lvmChunk: lvmChunkSectors }),
  };
}

/** Whose store it is, for advice: what is in no volume group has no such name. */
export function subjectOf({ kind, layers }: FoundStore): StoreSubject | null {
  const [vg, lv] = kind === "lvm" ? (layers.at(-1) ?? "").split("/") : [];
  return vg && lv ? { vg, lv } : null;
}

/** Bytes of the store are asked for that the files do not hold. */
export function incomplete(store: FoundStore): ImageProblem {
  const { name, missing } = store;
  return {
    code: "store.incomplete",
    message: `${name} is not all there, and what is missing of it would have to be read`,
    where: name,
    expected: "every byte of the COW device",
    found: missing.join("; "),
    todo: howToComplete(store),
  };
}

/** What was read of a store was enough for a verdict, and yet it is not all there. */
export function partlyThere(store: FoundStore): string {
  const { name, missing } = store;
  const lacking = missing.join("; ");
  return `${name} is not all there (${lacking}): what was read of it is judged. ${howToComplete(store)}.`;
}

function howToComplete({ name, kind }: FoundStore): string {
  return kind === "lvm"
    ? `Hand over all disks of the machine together: cowscope check DISK… --store ${shellQuote(name)}`
    : "Copy the whole of it again";
}
