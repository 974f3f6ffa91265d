import type { FoundStore, MachineTree } from "../../protocol/machine.ts";
import { byteSize } from "../../ui/format.ts";

/** What is known of a store before it is read. */
export function storeWords(store: FoundStore, { nodes }: MachineTree): string {
  const { origin, merging, lvmChunkSectors } = store;
  const chunk = lvmChunkSectors === null ? "" : `, chunks of ${byteSize(lvmChunkSectors * 512)}`;
  if (origin === null) return `COW store${chunk}`;
  const of = merging ? `COW store being merged into ${origin.name}` : `COW store of ${origin.name}`;
  const why = nodes[origin.node]?.why ?? "not all of it is in these files";
  return origin.readable ? `${of}${chunk}` : `${of}${chunk}; that origin cannot be read: ${why}`;
}

/** Why a store is not whole, and what would make it so; null where it is. */
export function lackingWords({ complete, missing, kind }: FoundStore): string | null {
  if (complete) return null;
  const what = missing.join("; ");
  return kind === "lvm"
    ? `Not all there, missing: ${what}. Drop the missing disk too, together with these.`
    : `Not all there: ${what}. Copy the whole of it again, and drop that.`;
}
