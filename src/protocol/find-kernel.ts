import type { AskedKernel, KernelAge } from "./kernel-age.ts";
import { KERNEL_AGES, MODERN } from "./kernel-ages.ts";
import { bound, compareReleases, isIn, parseRelease, type Release } from "./kernel-release.ts";

/** The kernel that a name or a release stands for. */
export interface FoundKernel {
  age: KernelAge;
  /** Null where an age was named by its id. */
  release: Release | null;
  /** The kernel of this age that was asked and is nearest; null where none was. */
  nearest: AskedKernel | null;
  /** Whether `nearest` is this very release. */
  isNearest: boolean;
  /** Whether it is newer than every kernel that was asked. */
  isNewer: boolean;
}

/**
 * The kernel that a release (as `uname -r` prints it), an age's id or `modern` means. A release
 * always means that release: an id that reads like one belongs to the age that holds it.
 * @returns null where it is neither.
 */
export function findKernel(text: string): FoundKernel | null {
  const named = BY_ID.get(text);
  const release = parseRelease(text);
  const age = named ?? (release && ageOf(release));
  if (!age) return null;
  const nearest = release && nearestTo(release, age.asked);
  return {
    age,
    release,
    nearest,
    isNearest: release !== null && nearest !== null && isSame(release, bound(nearest.release)),
    isNewer: release !== null && compareReleases(release, newestAsked()) > 0,
  };
}

/** @param text as findKernel() takes it; anything else is a bug of the caller. */
export function kernelAge(text: string): KernelAge {
  const age = BY_ID.get(text) ?? findKernel(text)?.age;
  if (!age) throw new Error(`no kernel is called ${text}`);
  return age;
}

const BY_ID = new Map(KERNEL_AGES.map((age) => [age.id, age]));

/** A distribution's release lies in that distribution's ranges, where it has any; else in mainline's. */
function ageOf(release: Release): KernelAge | null {
  const holds = (vendor: string | undefined) => (age: KernelAge) =>
    age.releases.some((range) => range.vendor === vendor && isIn(release, range));
  const own = release.vendor === null ? undefined : KERNEL_AGES.find(holds(release.vendor));
  return own ?? KERNEL_AGES.find(holds(undefined)) ?? null;
}

/** The last one that is not newer, else the first; of its own distribution where there is one. */
function nearestTo(release: Release, asked: readonly AskedKernel[]): AskedKernel | null {
  const own = asked.filter((kernel) => parseRelease(kernel.release)?.vendor === release.vendor);
  const among = own.length > 0 ? own : asked;
  const older = among.filter((kernel) => compareReleases(bound(kernel.release), release) <= 0);
  return older.at(-1) ?? among[0] ?? null;
}

const isSame = (a: Release, b: Release): boolean => compareReleases(a, b) === 0;

function newestAsked(): Release {
  const newest = kernelAge(MODERN).asked.at(-1);
  if (!newest) throw new Error("no kernel of the newest age was asked");
  return bound(newest.release);
}
