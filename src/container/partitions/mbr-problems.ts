import type { ContainerProblem } from "../wrapper.ts";

export const mbrProblem = {
  /** @param ebr the sector at which following the chain ended. */
  brokenChain: (where: string, ebr: number, why: string): ContainerProblem => ({
    code: "mbr.chain",
    message: `The chain of logical partitions breaks off at sector ${ebr}: ${why}`,
    where,
    expected: "links that lead from one logical partition to the next, inside the extended one",
    found: why,
    todo: "The partitions before the break are there; look for lost ones with testdisk on a copy",
  }),
};
