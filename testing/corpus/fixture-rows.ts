import { SECTOR } from "../disk.ts";
import { FIXTURES, fixtureBytes, originBytes } from "../fixtures.ts";
import { bootedBytes, bootedOrigin, bootedRows, oldBytes, oldRows } from "../kernel-rows.ts";
import type { CorpusRow } from "./rows.ts";

/** What fixtures/rows.jsonl was asked of. */
const STOCK = "6.1.192";

/** Every answer of a kernel that lies in fixtures/. */
export function fixtureRows(): CorpusRow[] {
  const stock = FIXTURES.flatMap((fixture) =>
    fixture.verdicts.map(
      (verdict): CorpusRow => ({
        kernel: STOCK,
        name: fixture.id,
        cow: () => fixtureBytes(fixture),
        originSectors: fixture.originSectors,
        tableChunk: verdict.tableChunk,
        blockSize: SECTOR,
        answer: {
          how: "booted",
          verdict,
          sha256After: null,
          origin: () => originBytes(fixture),
        },
      }),
    ),
  );
  const booted = bootedRows().map(
    (row): CorpusRow => ({
      ...row,
      name: row.id,
      cow: () => bootedBytes(row),
      answer: { how: "booted", verdict: row, sha256After: null, origin: () => bootedOrigin(row) },
    }),
  );
  const old = oldRows().map(
    (row): CorpusRow => ({
      ...row,
      name: String(row.image),
      cow: () => oldBytes(row),
      blockSize: SECTOR,
      answer: { how: "own code", answer: row },
    }),
  );
  return [...stock, ...booted, ...old];
}
