import type { CheckOptions } from "./check.ts";
import type { FoundStore, StoreSetting, StoreSubject } from "./machine.ts";

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

/** What a report is to know of where a store lies. */
export function settingOf(store: FoundStore): StoreSetting {
  const { kind, packed } = store;
  const { merging, lacks } = packed ?? store;
  const missing = packed ? ["of what was packed"] : store.missing;
  return {
    subject: subjectOf(store),
    merging: kind === "lvm" || packed?.subject ? merging : null,
    // Who saves a failing disk knows of its holes, and asks whether what was saved is enough.
    incomplete: lacks === null || lacks === "rescue" ? null : { missing, lacks },
  };
}

/** What is in no volume group has no such name. */
function subjectOf({ kind, layers, packed, origin }: FoundStore): StoreSubject | null {
  if (packed) return packed.subject;
  const [vg, lv] = kind === "lvm" ? (layers.at(-1) ?? "").split("/") : [];
  return vg && lv ? { vg, lv, origin: origin?.name.split("/").at(-1) ?? null } : null;
}

/** Reports and lines name a store by its file and where it lies in it: "disk.qcow2:vg/snap". */
export function imageName({ name, layers }: FoundStore): string {
  const [file = ""] = layers;
  return layers.length === 1 || name.startsWith(`${file}:`) ? name : `${file}:${name}`;
}
