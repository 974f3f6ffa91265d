import type { ImageFile } from "../image-file.ts";
import {
  isTarHeader,
  moreRuns,
  type SparseRun,
  TAR_BLOCK,
  type TarHeader,
  tarHeader,
} from "./tar-header.ts";

/** So many headers are read, at most: an archive of disks has few. */
const MOST_HEADERS = 4096;
const MOST_RUNS = 1 << 16;

/** A file in the archive. */
export interface TarMember {
  name: string;
  /** Of the file, in bytes. */
  size: number;
  /** Where its bytes begin in the archive; those of all runs, one after the other. */
  offset: number;
  /** In the archive, in bytes. */
  packed: number;
  /** null: it is all there. */
  runs: SparseRun[] | null;
}

/** Reads the headers of the archive, and nothing else. It refuses what it cannot follow. */
export async function tarMembers(file: ImageFile): Promise<TarMember[]> {
  const members: TarMember[] = [];
  const { size } = file;
  let at = 0;
  for (let count = 0; at + TAR_BLOCK <= size; count++) {
    if (count === MOST_HEADERS) tooMany(file, `more than ${MOST_HEADERS} headers`);
    const block = await blockAt(file, at);
    if (!isTarHeader(block)) break;
    const header = tarHeader(block);
    at += TAR_BLOCK;
    if (!Number.isSafeInteger(header.size)) {
      file.damaged(`the size of ${header.name} is no number`, "octal digits");
    }
    if (header.type === "x") await refusePaxSparse(file, header, at);
    const runs = header.sparse ? await sparseRuns(file, header.sparse, at) : null;
    if (runs) at = runs.at;
    if (isFile(header)) {
      const { name, size: packed } = header;
      const own = header.sparse?.size ?? packed;
      members.push({ name, size: own, offset: at, packed, runs: runs?.runs ?? null });
    }
    at += Math.ceil(header.size / TAR_BLOCK) * TAR_BLOCK;
  }
  return members;
}

function isFile({ type }: TarHeader): boolean {
  return type === "0" || type === "\0" || type === "7" || type === "S";
}

async function blockAt(file: ImageFile, at: number): Promise<Uint8Array> {
  const { buffer, byteOffset, byteLength } = await file.read(at, TAR_BLOCK, "a header");
  return new Uint8Array(buffer, byteOffset, byteLength);
}

/** Runs in the header, and in blocks behind it. @param at behind the header. */
async function sparseRuns(
  file: ImageFile,
  sparse: NonNullable<TarHeader["sparse"]>,
  at: number,
): Promise<{ runs: SparseRun[]; at: number }> {
  const runs = [...sparse.runs];
  let next = at;
  for (let { isLast } = sparse; !isLast; next += TAR_BLOCK) {
    const more = moreRuns(await blockAt(file, next));
    runs.push(...more.runs);
    isLast = more.isLast;
    if (runs.length > MOST_RUNS) tooMany(file, `a file of more than ${MOST_RUNS} pieces`);
  }
  return { runs, at: next };
}

/** tar --format=posix -S says where the pieces lie in the records of pax. */
async function refusePaxSparse(file: ImageFile, { size }: TarHeader, at: number): Promise<void> {
  const length = Math.min(size, TAR_BLOCK, Math.max(0, file.size - at));
  const records = new TextDecoder().decode(await file.read(at, length, "the records of pax"));
  if (!records.includes("GNU.sparse.")) return;
  file.refuse({
    code: "pax-sparse",
    message:
      "it holds a sparse file as pax stores it, which is not read here; “tar -xf FILE” unpacks it",
    expected: "a file that is stored whole, or as GNU tar stores sparse ones",
    found: "GNU.sparse records of pax",
    todo: "Unpack it with tar -xf FILE, and open what it gives.",
  });
}

function tooMany(file: ImageFile, found: string): never {
  return file.refuse({
    code: "too-many",
    message: `it holds too much to look for a disk in it: ${found}`,
    expected: "an archive of a disk",
    found,
    todo: "Unpack it with tar -xf FILE, and open the disk.",
  });
}
