import type { FoundProblem, FoundStore, MachineNode, MachineTree } from "../../protocol/machine.ts";

/** One line of the tree. */
export interface MachineRow {
  node: MachineNode;
  /** 1 for what lies in nothing else. */
  level: number;
  store: FoundStore | null;
  /** What else it lies in, where it lies in several: a group on several disks. */
  on: string[];
  problems: FoundProblem[];
}

/** The tree from the top down, what lies in a thing beneath it. */
export function machineRows(tree: MachineTree): { rows: MachineRow[]; elsewhere: FoundProblem[] } {
  const { nodes, stores, problems } = tree;
  const storeAt = new Map(stores.map((store) => [store.node, store]));
  const paths = pathsOf(nodes);
  const inside = new Map<number | null, MachineNode[]>();
  for (const node of nodes) {
    const parent = node.parents.length === 1 ? (node.parents[0] ?? null) : null;
    inside.set(parent, [...(inside.get(parent) ?? []), node]);
  }
  const rows: MachineRow[] = [];
  const visit = (parent: number | null, level: number) => {
    for (const node of inside.get(parent) ?? []) {
      const store = storeAt.get(node.id) ?? null;
      const isShown = !node.hidden || store !== null;
      if (isShown) {
        const several = node.parents.length > 1;
        const on = several ? node.parents.map((id) => paths.get(id) ?? "") : [];
        rows.push({ node, level, store, on, problems: [] });
      }
      visit(node.id, isShown ? level + 1 : level);
    }
  };
  visit(null, 1);
  const elsewhere: FoundProblem[] = [];
  for (const problem of problems) {
    const row = rows.find(({ node }) => concerns(problem, node, paths));
    if (row) row.problems.push(problem);
    else elsewhere.push(problem);
  }
  return { rows, elsewhere };
}

const concerns = (
  { where }: FoundProblem,
  { id, kind, name }: MachineNode,
  paths: ReadonlyMap<number, string>,
): boolean => where === paths.get(id) || (kind !== "file" && where === name);

/** How a problem names a layer: the steps to it. */
function pathsOf(nodes: readonly MachineNode[]): Map<number, string> {
  const paths = new Map<number, string>();
  for (const { id, parents, step } of nodes) {
    const outer = parents.map((parent) => paths.get(parent) ?? "").join(" + ");
    paths.set(id, outer === "" ? step : `${outer} → ${step}`);
  }
  return paths;
}

/** What a line is, in a word or two. */
export function kindWords({ kind, type }: MachineNode): string {
  switch (kind) {
    case "file":
      return "file";
    case "wrapper":
      return "what is in it";
    case "partition":
      return "partition";
    case "group":
      return "volume group";
    case "volume":
      return type === null ? "volume" : `${type} volume`;
  }
}

const HELD: Record<string, string> = {
  mbr: "MBR partitions",
  gpt: "GPT partitions",
  LVM2: "LVM physical volume",
};

/** What begins there, in words. */
export const heldWords = ({ holds }: MachineNode): string =>
  holds === null ? "" : (HELD[holds] ?? holds);
