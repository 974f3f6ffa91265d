import { findKernel } from "../../protocol/find-kernel.ts";
import { kernelNames } from "./kernel-names.ts";

/** The kernel that was asked about, in words, and which kernel answers for it where it is another. */
export function askedKernelWords(text: string): string {
  const found = findKernel(text);
  if (!found) return text;
  const { age, release, nearest, isNearest, isNewer } = found;
  const names = kernelNames(age);
  if (release === null) return names;
  if (nearest === null) return `${text} (read in the source only: ${names})`;
  if (isNearest) return `${text} (${nearest.how === "booted" ? "booted" : "its own code was run"})`;
  const newer = isNewer ? "newer than any that was asked, " : "";
  return `${text} (${newer}taken as ${nearest.release}: ${names})`;
}
