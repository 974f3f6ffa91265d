import { bytesWords, chunkSizeWords } from "../explain/words.ts";
import type { FoundStore, MachineNode, MachineTree } from "../protocol/machine.ts";
import { shellQuote } from "../protocol/shell-quote.ts";
import { printable } from "./terminal.ts";

/** What was found, for people: what lies in what, with sizes, and what can be done with the stores. */
export function findText(tree: MachineTree, paths: readonly string[]): string {
  const lines = tree.nodes.filter(({ parents }) => parents.length === 0).flatMap(linesIn(tree, 0));
  const [store] = tree.stores;
  const disks = paths.map(shellQuote).join(" ");
  // Of several, each is worth a look; whatever lies in more than one disk has to be named.
  const one = tree.stores.length === 1 || paths.length > 1;
  const hint = store
    ? ["", `cowscope check ${disks}${one ? ` --store ${shellQuote(store.name)}` : ""}`]
    : ["", "no COW store was found"];
  return `${[...lines, ...hint].map(printable).join("\n")}\n`;
}

/** A node and all below it: what lies in several is shown under the first. */
function linesIn(tree: MachineTree, depth: number): (node: MachineNode) => string[] {
  return (node) => {
    const below = tree.nodes.filter(({ parents }) => parents[0] === node.id);
    // Volumes that are there for another's sake only say nothing to people.
    const shown = below.filter((one) => !one.hidden || storeOf(tree, one));
    return [
      `${"  ".repeat(depth)}${node.name}  ${wordsOf(tree, node)}`.trimEnd(),
      ...shown.flatMap(linesIn(tree, depth + 1)),
    ];
  };
}

const storeOf = ({ stores }: MachineTree, { id }: MachineNode): FoundStore | undefined =>
  stores.find(({ node }) => node === id);

function wordsOf(tree: MachineTree, node: MachineNode): string {
  const store = storeOf(tree, node);
  const { bytes, type, holds, why, kind, parents } = node;
  const words = [
    ...(bytes === null ? [] : [bytesWords(bytes)]),
    ...(store ? storeWords(store) : holds === null ? [] : [holds]),
    ...(kind === "partition" && type !== null ? [`type ${type}`] : []),
    ...(kind === "volume" && type !== "linear" && type !== null ? [type] : []),
    ...(kind === "group" ? ["volume group"] : []),
    ...(kind === "group" && parents.length > 1 ? [`on ${namesOf(tree, parents)}`] : []),
    ...(why === null || store ? [] : [why]),
  ];
  return words.join(", ");
}

const namesOf = ({ nodes }: MachineTree, ids: readonly number[]): string =>
  ids.map((id) => nodes[id]?.name ?? "").join(" and ");

function storeWords({
  name,
  layers,
  origin,
  lvmChunkSectors,
  merging,
  complete,
  missing,
}: FoundStore) {
  const own = layers.at(-1) ?? name;
  return [
    origin ? `COW store of ${origin.name}` : "COW store",
    ...(lvmChunkSectors === null ? [] : [`chunks of ${chunkSizeWords(lvmChunkSectors)}`]),
    ...(merging ? ["being merged into its origin"] : []),
    ...(complete ? [] : [`NOT ALL THERE: ${missing.join("; ")}`]),
    ...(own === name ? [] : [`called ${name}`]),
  ];
}
