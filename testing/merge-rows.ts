import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { gunzipSync } from "node:zlib";
import type { MergeOutcome } from "../src/protocol/report.ts";
import { fixture, fixtureBytes, originBytes } from "./fixtures.ts";
import { jsonLines } from "./json-lines.ts";
import { ownLines } from "./recorded-outcome.ts";

/** What a real kernel's snapshot-merge target did with a store. */
export interface MergeRow {
  /** As `uname -r` prints it. */
  kernel: string;
  id: string;
  family: string;
  cow: Uint8Array;
  origin: Uint8Array;
  tableChunk: number;
  blockSize: number;
  crash: string | null;
  createRc: number;
  dmesg: string[];
  status: string | null;
  /** Null where the kernel crashed. */
  cowSha256After: string | null;
  originSha256After: string | null;
}

/** fixtures/merge/corpus.jsonl, as it came: images of rows.jsonl, asked of 6.1.192. */
interface CorpusRow {
  id: string;
  family: string;
  table_chunk_sectors: number;
  create_rc: number;
  status: string | null;
  dmesg: string[];
  cow_sha256_after: string;
  origin_sha256_after: string;
}

/** fixtures/merge/lab.jsonl, as the kernel lab writes it. */
export interface LabMergeRow extends Omit<MergeRow, "cow" | "origin"> {
  /** The command that asked for it, with its seed. */
  command: string;
  /** Files beside it, gzipped. */
  image: string;
  originFile: string;
}

const FOLDER = pathToFileURL("fixtures/merge/");

const linesOf = <T>(name: string): T[] => jsonLines(readFileSync(new URL(name, FOLDER), "utf8"));

const unpack = (name: string) => new Uint8Array(gunzipSync(readFileSync(new URL(name, FOLDER))));

export const corpusMergeRows = (): MergeRow[] =>
  linesOf<CorpusRow>("corpus.jsonl").map((row) => ({
    kernel: "6.1.192",
    id: row.id,
    family: row.family,
    cow: fixtureBytes(fixture(row.id)),
    origin: originBytes(fixture(row.id)),
    tableChunk: row.table_chunk_sectors,
    blockSize: 512,
    crash: null,
    createRc: row.create_rc,
    dmesg: row.dmesg,
    status: row.status,
    cowSha256After: row.cow_sha256_after,
    originSha256After: row.origin_sha256_after,
  }));

export const labMergeRows = (): MergeRow[] =>
  linesOf<LabMergeRow>("lab.jsonl").map((row) => ({
    ...row,
    cow: unpack(row.image),
    origin: unpack(row.originFile),
  }));

/** The kernel of every row: `6.1.192` where its package calls itself `6.1.0-56-amd64`. */
export const mergeKernels = (): string[] =>
  [...corpusMergeRows(), ...labMergeRows()].map(
    ({ kernel }) => PACKAGES[kernel] ?? upstream(kernel),
  );

/** Debian's kernels before 6.12 are named by their ABI; the versions are those of the packages. */
const PACKAGES: Record<string, string> = {
  "6.1.0-56-amd64": "6.1.192",
  "5.10.0-46-amd64": "5.10.262",
};
const upstream = (release: string): string => /^[\d.]+/.exec(release)?.[0] ?? release;

type Recorded = Pick<MergeRow, "crash" | "createRc" | "dmesg" | "status">;

/** The row in the report's words; what only cowscope says is left out. */
export function recordedMerge(row: Recorded): Pick<MergeOutcome, "outcome" | "dmesg" | "status"> {
  return { outcome: recordedWord(row), dmesg: ownLines(row.dmesg), status: row.status };
}

function recordedWord({ crash, createRc, status }: Recorded): MergeOutcome["outcome"] {
  if (crash !== null) return "crashes";
  if (createRc !== 0) return "refused";
  if (status === "Invalid") return "invalid";
  return status === "Merge failed" ? "fails" : "merges";
}
