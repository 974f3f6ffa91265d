import { chmod, copyFile, mkdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { modulesInOrder } from "./modules.ts";
import { modulesFolder, type Unpacked } from "./packages.ts";
import { run } from "./shell.ts";

const GUEST_PROGRAMS = ["read_chunks", "write_sectors", "changed_sectors", "set_block_size"];

/** Builds the guest's whole system as one archive: busybox, dmsetup, modules and what lies in guest/. */
export async function buildInitramfs(
  unpacked: Unpacked,
  sources: string,
  build: string,
): Promise<string> {
  const tree = path.join(build, "initramfs");
  await rm(tree, { recursive: true, force: true });
  for (const folder of ["bin", "lab", "modules", "proc", "sys", "dev", "work"]) {
    await mkdir(path.join(tree, folder), { recursive: true });
  }
  const { programs } = unpacked;
  await copyFile(path.join(programs, "bin/busybox"), path.join(tree, "bin/busybox"));
  await copyFile(path.join(programs, "sbin/dmsetup"), path.join(tree, "bin/dmsetup"));
  await addLibraries(programs, tree);
  await addModules(unpacked, tree);
  await copyFile(path.join(sources, "init.sh"), path.join(tree, "init"));
  await chmod(path.join(tree, "init"), 0o755);
  await copyFile(path.join(sources, "steps.sh"), path.join(tree, "lab/steps.sh"));
  for (const program of GUEST_PROGRAMS) {
    // Static: the guest then needs no library of the host's.
    const source = path.join(sources, `${program}.c`);
    await run("gcc", ["-static", "-O2", "-o", path.join(tree, "lab", program), source]);
  }
  const busybox = path.join(tree, "bin/busybox");
  const archive = path.join(build, "initramfs.gz");
  const pack = `find . | ${busybox} cpio -o -H newc 2>/dev/null | gzip -1 > ${archive}`;
  await run("sh", ["-c", pack], tree);
  return archive;
}

/** What the unpacked loader itself says dmsetup needs, with no look at the host's own libraries. */
async function addLibraries(root: string, tree: string): Promise<void> {
  const folders = ["lib/x86_64-linux-gnu", "usr/lib/x86_64-linux-gnu"];
  const search = folders.map((folder) => path.join(root, folder)).join(":");
  const loader = path.join(root, "lib/x86_64-linux-gnu/ld-linux-x86-64.so.2");
  const list = await run(loader, [
    "--library-path",
    search,
    "--list",
    path.join(root, "sbin/dmsetup"),
  ]);
  const libraries = path.join(tree, "lib/x86_64-linux-gnu");
  await mkdir(libraries, { recursive: true });
  await mkdir(path.join(tree, "lib64"));
  await copyFile(loader, path.join(tree, "lib64/ld-linux-x86-64.so.2"));
  // The loader lists itself too, under an absolute name.
  for (const [, name, file] of list.matchAll(/\t([^/\s]+) => (\S+)/g)) {
    if (name !== undefined && file !== undefined) await copyFile(file, path.join(libraries, name));
  }
}

async function addModules(unpacked: Unpacked, tree: string): Promise<void> {
  const modules = await modulesInOrder(modulesFolder(unpacked));
  for (const { name, content } of modules)
    await writeFile(path.join(tree, "modules", name), content);
  const order = modules.map(({ name }) => `${name}\n`).join("");
  await writeFile(path.join(tree, "lab/modules"), order);
}
