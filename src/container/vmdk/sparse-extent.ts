import { type BlockSource, isRun } from "../../source/block-source.ts";
import { MappedSource } from "../../source/mapped-source.ts";
import type { ImageFile } from "../image-file.ts";
import { BlockMap } from "../tables/block-map.ts";
import { scanTables, type TablePlace } from "../tables/scan-tables.ts";
import { Grains, MARKER_BYTES, type Parent } from "./grains.ts";
import { MissingGrains } from "./missing-grains.ts";
import type { SparseHeader } from "./sparse-header.ts";

const SECTOR = 512;
/** A directory as large is that of 16 TiB in grains of 64 KiB. */
const MOST_DIRECTORY_BYTES = 32 << 20;
/** As much of the grain tables is looked through for grains behind the end: those of 256 GiB. */
const MOST_SCANNED_BYTES = 16 << 20;

/** The part of a disk that a file with grains holds. */
export interface SparseExtent {
  source: BlockSource;
  /** The first byte of the part that lies behind the end of the file; null: all is there. */
  missingFrom: number | null;
}

/** @param parent what grains that are not there are read from; null: they are zeros. */
export async function openSparseExtent(
  file: ImageFile,
  header: SparseHeader,
  parent: Parent | null,
): Promise<SparseExtent> {
  const { capacity, grainBytes, entriesPerTable } = header;
  if (grainBytes === 0 || entriesPerTable === 0) {
    file.damaged(`${entriesPerTable} grains of ${grainBytes} bytes in a table`, "more than none");
  }
  const entries = Math.ceil(capacity / (grainBytes * entriesPerTable));
  if (entries * 4 > MOST_DIRECTORY_BYTES) {
    file.damaged(`a grain directory of ${entries} entries`, `${MOST_DIRECTORY_BYTES / 4} at most`);
  }
  const directory = await readDirectory(file, header, entries * 4);
  const grains = new Grains(file.source, header, directory, parent);
  return {
    source: new MappedSource(new BlockMap(grains)),
    missingFrom: await firstMissing(file, header, directory),
  };
}

/** The first of the directories whose tables all lie in the file, else the first. */
async function readDirectory(file: ImageFile, header: SparseHeader, length: number) {
  const tableBytes = header.entriesPerTable * 4;
  const [first = 0, second] = header.directories;
  for (const offset of header.directories) {
    if (second === undefined || !isRun(offset, length, file.size)) continue;
    const directory = await file.read(offset, length, "its grain directory");
    const tables = tablesOf(directory);
    if (tables.every((one) => isRun(one.offset, tableBytes, file.size))) return directory;
  }
  return file.read(first, length, "its grain directory");
}

function tablesOf(directory: DataView): TablePlace[] {
  const found: TablePlace[] = [];
  for (let index = 0; index < directory.byteLength / 4; index++) {
    const sector = directory.getUint32(index * 4, true);
    if (sector !== 0) found.push({ index, offset: sector * SECTOR });
  }
  return found;
}

/** A cut takes the grains that were written last, wherever in the disk they are. */
async function firstMissing(
  file: ImageFile,
  header: SparseHeader,
  directory: DataView,
): Promise<number | null> {
  const tableBytes = header.entriesPerTable * 4;
  const tables = tablesOf(directory).slice(0, Math.ceil(MOST_SCANNED_BYTES / tableBytes));
  const found = new MissingGrains(header, file.size);
  await scanTables(file.source, tables, tableBytes, (table, index) => {
    found.look(table, index);
    return null;
  });
  const { last, first } = found;
  if (!last || !header.markers) return first;
  const marker = await file.read(last.offset, MARKER_BYTES, "a grain");
  const isCut = last.offset + MARKER_BYTES + marker.getUint32(8, true) > file.size;
  return isCut ? Math.min(last.place, first ?? last.place) : first;
}
