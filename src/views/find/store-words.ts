import { howToComplete } from "../../explain/verdict/lack-words.ts";
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
export function lackingWords({ missing, lacks }: FoundStore): string | null {
  if (lacks === null) return null;
  return `Not all there: ${missing.join("; ")}. ${howToComplete(lacks)}.`;
}
