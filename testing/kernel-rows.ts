import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { gunzipSync } from "node:zlib";
import { headerBytes, SNAP_MAGIC } from "./disk.ts";
import { fixture, fixtureBytes, type RecordedVerdict } from "./fixtures.ts";
import { jsonLines } from "./json-lines.ts";
import type { OldAnswer } from "./old-answer.ts";

/** What another kernel than 6.1 said when it was booted and given a store. */
export interface BootedRow extends Omit<RecordedVerdict, "modifiedSectors"> {
  kernel: string;
  id: string;
  family: string;
  sha256: string;
  image: string;
  origin: string;
  originSectors: number;
  blockSize: number;
}

/** What an old kernel's own driver code did with a store of rows.jsonl. */
export interface OldRow extends OldAnswer {
  kernel: string;
  /** An id of rows.jsonl, or the chunk size in the header of an otherwise empty store. */
  image: string | number;
  originSectors: number;
  tableChunk: number;
}

const FOLDER = pathToFileURL("fixtures/kernels/");
const unpack = (name: string): Buffer => gunzipSync(readFileSync(new URL(name, FOLDER)));
const rows = <T>(name: string): T[] => jsonLines(unpack(name).toString());

export const bootedRows = (): BootedRow[] => rows("booted.jsonl.gz");
export const oldRows = (): OldRow[] => rows("old.jsonl.gz");

export const bootedBytes = ({ image }: BootedRow): Uint8Array => new Uint8Array(unpack(image));
export const bootedOrigin = ({ origin }: BootedRow): Uint8Array => new Uint8Array(unpack(origin));

const SYNTHETIC_SECTORS = 1024;

export function oldBytes({ image }: OldRow): Uint8Array {
  if (typeof image === "string") return fixtureBytes(fixture(image));
  const bytes = new Uint8Array(SYNTHETIC_SECTORS * 512);
  bytes.set(headerBytes(SNAP_MAGIC, 1, 1, image));
  return bytes;
}
