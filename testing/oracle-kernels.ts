import { LINUX_6_1, LINUX_NEWEST, type OracleKernel } from "./oracle.ts";

/** Mainline and the stable branches that 8581b19eb2c5 came to, by the first patch that has it. */
const SINCE: Record<string, number> = { "6.6": 121, "6.12": 66, "6.18": 6 };

/**
 * What the oracle knows of a kernel since 5.10, by what `uname -r` prints. It knows nothing of the
 * table of ages that cowscope asks.
 */
export function oracleKernel(release: string): OracleKernel {
  const [, major, minor, patch] = /^(\d+)\.(\d+)(?:\.(\d+))?/.exec(release) ?? [];
  const branch = `${major}.${minor}`;
  // The table's line tells no errno yet.
  if (branch === "5.10") return { ...LINUX_6_1, tableErrno: false };
  if (branch === "6.1") return LINUX_6_1;
  const isNewest = Number(major) > 6 || (Number(major) === 6 && Number(minor) >= 19);
  const since = SINCE[branch];
  if (isNewest || (since !== undefined && Number(patch) >= since)) return LINUX_NEWEST;
  throw new Error(`the oracle was never held to Linux ${release}`);
}
