import { existsSync } from "node:fs";
import { rename, rm } from "node:fs/promises";
import path from "node:path";
import { Apt } from "./apt.ts";
import { BOOKWORM, type LabKernel } from "./kernels.ts";
import { LabError } from "./shell.ts";

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
  /** Holds boot and lib/modules of this kernel, perhaps under usr. */
  kernel: string;
  /** As in /boot/vmlinuz-RELEASE, and as `uname -r` will print it. */
  release: string;
  /** The folder that holds bin, lib, sbin … of the guest's programs together. */
  programs: string;
}

/** Debian's stock kernel and the guest's programs: downloaded once, unpacked, never installed. */
export async function unpackPackages(
  cache: string,
  { from, metapackage }: LabKernel,
): Promise<Unpacked> {
  const aptOf = (release: typeof from) => Apt.open(path.join(cache, "apt", release.name), release);
  const programs = path.join(cache, "programs");
  const apt = await aptOf(from);
  const image = (await apt.dependencies(metapackage)).find((name) => IMAGE.test(name));
  if (image === undefined) {
    const why = apt.stale ?? `${from.name} has no ${metapackage}`;
    throw new LabError(`cannot get a kernel of Debian ${from.name}: ${why}`);
  }
  const release = image.replace("linux-image-", "");
  const kernel = path.join(cache, release);
  if (apt.stale !== null) console.log(`Debian ${from.name} as it was known here: ${apt.stale}`);
  await once(kernel, async (folder) => {
    // In sid the image's own package is empty too.
    const parts = (await apt.dependencies(image)).filter((name) => PART.test(name));
    await apt.unpack([image, ...parts], folder);
  });
  await once(programs, async (folder) => {
    const own = from === BOOKWORM ? apt : await aptOf(BOOKWORM);
    await own.unpack(PROGRAMS, folder);
  });
  return { kernel, release, programs };
}

/** lib/modules/RELEASE, which newer packages keep under usr. */
export function modulesFolder({ kernel, release }: Unpacked): string {
  const folders = ["lib/modules", "usr/lib/modules"].map((at) => path.join(kernel, at, release));
  return firstThere(folders, release);
}

/** The kernel itself: in boot, or among its modules. */
export function kernelFile(unpacked: Unpacked): string {
  const { kernel, release } = unpacked;
  const beside = path.join(modulesFolder(unpacked), "vmlinuz");
  return firstThere([path.join(kernel, "boot", `vmlinuz-${release}`), beside], release);
}

function firstThere(places: readonly string[], release: string): string {
  const found = places.find((place) => existsSync(place));
  if (found === undefined) throw new LabError(`the packages of ${release} hold none of ${places}`);
  return found;
}

const IMAGE = /^linux-image-\d/;
const PART = /^linux-(base|binary|modules)-\d/;

/** Fills the folder unless it is there; half a folder never is, also where two fill it at a time. */
async function once(folder: string, fill: (folder: string) => Promise<void>): Promise<void> {
  if (existsSync(folder)) return;
  const unfinished = `${folder}.part-${process.pid}`;
  await rm(unfinished, { recursive: true, force: true });
  await fill(unfinished);
  if (!existsSync(folder)) await rename(unfinished, folder);
  await rm(unfinished, { recursive: true, force: true });
}
