import { readdirSync, readFileSync } from "node:fs";

/** What a process's command line and parent are; null where it is gone. */
function processAt(pid: string): { parent: number; command: string } | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The name, in parentheses, may hold anything.
    const [, parent] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return { parent: Number(parent), command: readFileSync(`/proc/${pid}/cmdline`, "utf8") };
  } catch {
    return null;
  }
}

/** Memory that is a process's own, dirty or clean, in bytes; 0 where it is gone. */
function privateBytes(pid: number): number {
  try {
    const rollup = readFileSync(`/proc/${pid}/smaps_rollup`, "utf8");
    const lines = rollup.matchAll(/^Private_(?:Clean|Dirty|Hugetlb): +(\d+) kB$/gm);
    return [...lines].reduce((sum, [, kib]) => sum + Number(kib) * 1024, 0);
  } catch {
    return 0;
  }
}

/**
 * What all pages of the browsers that this process started take, their workers and the memories of
 * WebAssembly in them among it: the private memory of every renderer. Linux only.
 */
export function renderersBytes(): number {
  const all = new Map(
    readdirSync("/proc").flatMap((pid) => {
      const found = /^\d+$/.test(pid) ? processAt(pid) : null;
      return found ? [[Number(pid), found] as const] : [];
    }),
  );
  const isOurs = (pid: number): boolean =>
    pid === process.pid || (pid > 1 && isOurs(all.get(pid)?.parent ?? 0));
  let sum = 0;
  for (const [pid, { command }] of all) {
    if (command.includes("--type=renderer") && isOurs(pid)) sum += privateBytes(pid);
  }
  return sum;
}
