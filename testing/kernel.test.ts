import { describe, expect, test } from "vitest";
import { checkBytes } from "./check-bytes.ts";
import { CASES, fixtureBytes } from "./fixtures.ts";
import { askOracle } from "./oracle.ts";
import { recordedOutcome } from "./recorded-outcome.ts";

describe("cowscope says what Linux 6.1 said", () => {
  test.each(CASES)("$name", async ({ fixture, verdict }) => {
    const { tableChunk } = verdict;
    const { originSectors } = fixture;
    const bytes = fixtureBytes(fixture);
    const { report } = await checkBytes(bytes, {
      tableChunk,
      kernel: "6.1.0-56-amd64",
      originSectors: originSectors === null ? null : BigInt(originSectors),
    });
    const { writes, merge: _, ...outcome } = report.kernel;
    expect(outcome).toEqual(recordedOutcome(verdict));
    // The recorded sectors are those whose bytes changed; the oracle knows which were written.
    const wrote = verdict.modifiedSectors.length > 0;
    expect(writes).toEqual(wrote ? askOracle(bytes, { tableChunk }).writes : []);
  });
});
