import { existsSync } from "node:fs";
import { mkdir, readdir, rename, rm } from "node:fs/promises";
import path from "node:path";
import { LabError, run, tryRun } from "./shell.ts";

/** The guest's programs, and every library that dmsetup is linked with. */
const PROGRAMS = [
  "busybox-static",
  "dmsetup",
  "libdevmapper1.02.1",
  "libselinux1",
  "libudev1",
  "libpcre2-8-0",
  "libc6",
];

export interface Unpacked {
  /** The folder that holds bin, boot, lib, sbin … of all packages together. */
  root: string;
  /** As in /boot/vmlinuz-RELEASE. */
  release: string;
}

/** Debian's stock kernel and the guest's programs: downloaded once, unpacked, never installed. */
export async function unpackPackages(cache: string): Promise<Unpacked> {
  const kernel = await newestKernel();
  const release = kernel.replace("linux-image-", "");
  const root = path.join(cache, release);
  if (!existsSync(root)) {
    const unfinished = `${root}.part`;
    await rm(unfinished, { recursive: true, force: true });
    await fill(unfinished, [kernel, ...PROGRAMS]);
    await rename(unfinished, root);
  }
  return { root, release };
}

/** linux-image-amd64 is empty: it depends on the newest kernel of this Debian release. */
async function newestKernel(): Promise<string> {
  const find = async () => {
    const { stdout } = await tryRun("apt-cache", ["depends", "linux-image-amd64"]);
    return /Depends: (linux-image-\d\S+-amd64)/.exec(stdout)?.[1];
  };
  const known = await find();
  if (known !== undefined) return known;
  // A fresh machine has no package lists yet.
  await tryRun("apt-get", ["update"]);
  const found = await find();
  if (found === undefined) throw new LabError("apt knows no linux-image-amd64: is this Debian?");
  return found;
}

async function fill(folder: string, packages: readonly string[]): Promise<void> {
  const downloads = path.join(folder, "downloads");
  await mkdir(downloads, { recursive: true });
  const download = () => tryRun("apt-get", ["download", ...packages], downloads);
  if ((await download()).code !== 0) {
    // Lists that are too old name versions that are gone.
    await tryRun("apt-get", ["update"]);
    const { code, stderr } = await download();
    if (code !== 0) {
      const reason = stderr.split("\n").find((line) => line.startsWith("E: "));
      throw new LabError(`cannot download ${packages.join(" ")}: ${reason ?? "apt-get failed"}`);
    }
  }
  for (const file of await readdir(downloads)) {
    await run("dpkg-deb", ["-x", path.join(downloads, file), folder]);
  }
  await rm(downloads, { recursive: true });
}
