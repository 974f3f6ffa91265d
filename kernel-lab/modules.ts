import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { LabError, runBinary } from "./shell.ts";

/** Disks of the guest, and the target under test. */
const WANTED = ["virtio_pci", "virtio_blk", "loop", "dm_snapshot"];

export interface Module {
  /** Of the file, plain: dm-snapshot.ko. */
  name: string;
  content: Uint8Array;
}

/** dm-snapshot and dm_snapshot are one module to the kernel. */
const moduleName = (file: string) =>
  path
    .basename(file)
    .replace(/\.ko(\.xz)?$/, "")
    .replaceAll("-", "_");

/**
 * The modules to load, each after those it depends on.
 * @param folder lib/modules/RELEASE
 */
export async function modulesInOrder(folder: string): Promise<Module[]> {
  const files = new Map<string, string>();
  for (const file of await readdir(path.join(folder, "kernel"), { recursive: true })) {
    if (/\.ko(\.xz)?$/.test(file)) files.set(moduleName(file), path.join(folder, "kernel", file));
  }
  const builtin = await readFile(path.join(folder, "modules.builtin"), "utf8");
  const inKernel = new Set(builtin.trim().split("\n").map(moduleName));
  const ordered = new Map<string, Module>();
  const add = async (wanted: string): Promise<void> => {
    const name = moduleName(wanted);
    if (ordered.has(name) || inKernel.has(name)) return;
    const file = files.get(name);
    if (file === undefined) throw new LabError(`the kernel has no module ${name}`);
    const content = await unpackedModule(file);
    for (const needed of dependencies(content)) await add(needed);
    ordered.set(name, { name: path.basename(file, ".xz"), content });
  };
  for (const name of WANTED) await add(name);
  return [...ordered.values()];
}

/** Debian packs modules since 6.10; busybox's insmod wants them plain. */
async function unpackedModule(file: string): Promise<Uint8Array> {
  return file.endsWith(".xz") ? runBinary("xz", ["-dc", file]) : readFile(file);
}

/** The module's own `depends=` line, from which depmod too makes its list. */
function dependencies(content: Uint8Array): string[] {
  const text = Buffer.from(content).toString("latin1");
  const names = /\0depends=([^\0]*)\0/.exec(text)?.[1] ?? "";
  return names.split(",").filter((name) => name !== "");
}
