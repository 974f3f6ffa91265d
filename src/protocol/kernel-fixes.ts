/** A kernel commit that ended a bug, and the first mainline release that has it. */
export interface KernelFix {
  commit: string;
  release: string;
}

/** The header race on invalidation (RACE.md): since this commit the header has its own buffer. */
export const HEADER_RACE_FIX: KernelFix = { commit: "61578dcd", release: "2.6.31" };

/** CVE-2013-4299: since this commit read_exceptions() moves next_free past a metadata chunk. */
export const OVER_METADATA_FIX: KernelFix = { commit: "e9c6a182", release: "3.12" };
