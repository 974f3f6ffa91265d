import type { Finding } from "../../protocol/finding.ts";

/**
 * That not every byte of the COW device was there to be read, though all that a check reads was:
 * nothing on the disk says so, only what lies around it.
 * @param missing what is not there, as `find` names it.
 */
export function incompleteFinding(missing: readonly string[]): Finding {
  return {
    code: "store.incomplete",
    severity: "problem",
    message: "not all of the COW device is here: what was read of it is judged",
    where: { chunk: null, area: null, index: null, offset: null, length: null },
    expected: "every byte of the COW device",
    found: `missing: ${missing.join("; ")}`,
  };
}
