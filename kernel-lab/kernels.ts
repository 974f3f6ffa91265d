import type { DebianRelease } from "./apt.ts";
import { LabError } from "./shell.ts";

const BULLSEYE: DebianRelease = {
  name: "bullseye",
  suites: ["debian-security bullseye-security"],
};
/** The guest's programs come from here too, whatever kernel they run on. */
export const BOOKWORM: DebianRelease = {
  name: "bookworm",
  suites: ["debian bookworm", "debian-security bookworm-security"],
};
const SID: DebianRelease = { name: "sid", suites: ["debian sid"] };

/** A kernel that can be asked: the empty package that depends on the newest of its line. */
export interface LabKernel {
  from: DebianRelease;
  metapackage: string;
}

const LAB_KERNELS: Record<string, LabKernel> = {
  "5.10": { from: BULLSEYE, metapackage: "linux-image-amd64" },
  "6.1": { from: BOOKWORM, metapackage: "linux-image-amd64" },
  "6.12": { from: BOOKWORM, metapackage: "linux-image-6.12-amd64" },
  newest: { from: SID, metapackage: "linux-image-amd64" },
};

/** @param name what `--kernel` takes */
export function labKernel(name: string): LabKernel {
  const kernel = LAB_KERNELS[name];
  if (kernel !== undefined) return kernel;
  throw new LabError(`--kernel takes one of ${Object.keys(LAB_KERNELS).join(", ")}, not ${name}`);
}
