import type { CheckOptions } from "./check.ts";
import type { FoundStore, StoreSubject } from "./machine.ts";

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
export function subjectOf({ kind, layers, packed }: FoundStore): StoreSubject | null {
  if (packed) return packed.subject;
  const [vg, lv] = kind === "lvm" ? (layers.at(-1) ?? "").split("/") : [];
  return vg && lv ? { vg, lv } : null;
}

/** Reports and lines name a store by its file and where it lies in it: "disk.qcow2:vg/snap". */
export function imageName({ name, layers }: FoundStore): string {
  const [file = ""] = layers;
  return layers.length === 1 || name.startsWith(`${file}:`) ? name : `${file}:${name}`;
}
