import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { LabError } from "./shell.ts";

/** Disks of the guest, and the target under test. */
const WANTED = ["virtio_pci", "virtio_blk", "loop", "dm_snapshot"];

/** dm-snapshot and dm_snapshot are one module to the kernel. */
const moduleName = (name: string) => name.replaceAll("-", "_");

/** The module files to load, each after those it depends on. */
export async function modulesInOrder(folder: string): Promise<string[]> {
  const files = new Map<string, string>();
  for (const file of await readdir(folder, { recursive: true })) {
    if (file.endsWith(".ko")) {
      files.set(moduleName(path.basename(file, ".ko")), path.join(folder, file));
    }
  }
  const ordered = new Set<string>();
  const add = async (name: string): Promise<void> => {
    const file = files.get(moduleName(name));
    if (file === undefined) throw new LabError(`the kernel has no module ${name}`);
    if (ordered.has(file)) return;
    for (const needed of await dependencies(file)) await add(needed);
    ordered.add(file);
  };
  for (const name of WANTED) await add(name);
  return [...ordered];
}

/** The module's own `depends=` line, from which depmod too makes its list. */
async function dependencies(file: string): Promise<string[]> {
  const text = await readFile(file, "latin1");
  const names = /\0depends=([^\0]*)\0/.exec(text)?.[1] ?? "";
  return names.split(",").filter((name) => name !== "");
}
