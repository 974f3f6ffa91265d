import { expect, test } from "vitest";
import { sha256 } from "../testing/digest.ts";
import { buildCase, type Case, planCase } from "./cases.ts";
import { differences } from "./comparison.ts";
import { oraclePrediction } from "./prediction.ts";
import type { Verdict } from "./verdict.ts";

const LINUX = "6.1.192";

/** Cases that need no kernel-made store. */
const built = (seed: number) =>
  Array.from({ length: 60 }, (_, index) => planCase(seed, index + 1))
    .filter(({ shape }) => shape === null)
    .map((plan) => buildCase(plan, new Map()));

/** Comparing whole images entry by entry would take minutes. */
const fingerprints = (seed: number) =>
  built(seed).map(({ damage, base, ...rest }) =>
    JSON.stringify([damage.recipe, sha256(damage.bytes), sha256(base.origin), { ...rest }]),
  );

test("seed and number alone make the case", () => {
  expect(fingerprints(11)).toEqual(fingerprints(11));
  expect(fingerprints(11)).not.toEqual(fingerprints(12));
});

/** A kernel that does what the oracle says. */
function obedient(asked: Case): Verdict {
  const { kernel } = oraclePrediction(asked, LINUX);
  return {
    crash: kernel.crash,
    createRc: kernel.activates ? 0 : 1,
    createStderr: kernel.dmsetup === null ? "" : `reload ioctl on snap failed: ${kernel.dmsetup}`,
    dmesg: kernel.dmesg.map((line) => line.replace("MAJ:MIN", "253:0")),
    status: kernel.status,
    statusAfterRead: kernel.status,
    table: null,
    snapshot: null,
    change: null,
    merged: null,
  };
}

const readOnly = (asked: Case) => oraclePrediction(asked, LINUX).kernel.writes.length === 0;

test("no difference where kernel and prediction agree, one where they do not", () => {
  for (const asked of built(13).filter(readOnly)) {
    const verdict = obedient(asked);
    expect(differences(asked, verdict, oraclePrediction(asked, LINUX))).toEqual([]);
    const other = { ...verdict, crash: "kernel BUG at nowhere" };
    expect(differences(asked, other, oraclePrediction(asked, LINUX))).toHaveLength(1);
  }
});

test("a store that was written to unforetold is a difference", () => {
  const asked = built(14).find(readOnly);
  if (asked === undefined) throw new Error("no such case");
  const written = { ...obedient(asked), change: { sectors: [], sha256: "0" } };
  expect(differences(asked, written, oraclePrediction(asked, LINUX)).join()).toContain(
    "store after",
  );
});
