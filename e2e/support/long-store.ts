import { closeSync, ftruncateSync, mkdtempSync, openSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  areaChunk,
  chunkBytes,
  entriesPerArea,
  entryBytes,
  headerBytes,
  SNAP_MAGIC,
} from "../../testing/disk.ts";

const CHUNK_SECTORS = 1;

/** A sparse file whose table fills `areas` areas of the smallest chunk size: long to read. */
export function writeLongStore(areas: number): string {
  const path = join(mkdtempSync(join(tmpdir(), "cowscope-")), "long.img");
  const perArea = entriesPerArea(CHUNK_SECTORS);
  const place = (chunk: number) => chunk * chunkBytes(CHUNK_SECTORS);
  const file = openSync(path, "w");
  writeSync(file, headerBytes(SNAP_MAGIC, 1, 1, CHUNK_SECTORS), 0, 16, 0);
  for (let area = 0; area < areas; area += 1) {
    const chunk = Number(areaChunk(area, CHUNK_SECTORS));
    const entries = Array.from({ length: perArea }, (_, index) =>
      entryBytes({ old: BigInt(area * perArea + index), new: BigInt(chunk + 1 + index) }),
    );
    const bytes = Buffer.concat(entries);
    writeSync(file, bytes, 0, bytes.length, place(chunk));
  }
  ftruncateSync(file, place(Number(areaChunk(areas, CHUNK_SECTORS)) + 1));
  closeSync(file);
  return path;
}
