import {
  areaChunk,
  chunkBytes,
  type Exception,
  entriesPerArea,
  entryBytes,
  entryOffset,
  headerBytes,
  isMetadataChunk,
  SECTOR,
  SNAP_MAGIC,
} from "./disk.ts";

/** What a store should hold. Everything but the chunk size and the exceptions has the kernel's own value. */
export interface StoreSpec {
  chunkSectors: number;
  /** In table order. They are written as given: a builder that checked them could not build bad stores. */
  exceptions: readonly Exception[];
  magic?: number;
  valid?: number;
  version?: number;
  /** What the header claims, if not `chunkSectors`. */
  headerChunkSize?: number;
  /** The size of the COW device; by default just enough for the table and the data chunks. */
  cowSectors?: number;
  /** The bytes of a data chunk. By default they name the exception that they belong to. */
  data?: (exception: Exception, index: number) => Uint8Array;
}

/** A store together with what it was built from: a damage generator aims with it. */
export interface BuiltStore {
  spec: StoreSpec;
  bytes: Uint8Array;
}

/** Builds the store byte by byte, as write_header() and commit_exception() would have left it. */
export function buildStore(spec: StoreSpec): Uint8Array {
  const { chunkSectors, exceptions } = spec;
  const size = (spec.cowSectors ?? smallestDevice(chunkSectors, exceptions)) * SECTOR;
  const bytes = new Uint8Array(size);
  const put = (offset: number, content: Uint8Array) => {
    if (offset < size) bytes.set(content.subarray(0, size - offset), offset);
  };
  put(
    0,
    headerBytes(
      spec.magic ?? SNAP_MAGIC,
      spec.valid ?? 1,
      spec.version ?? 1,
      spec.headerChunkSize ?? chunkSectors,
    ),
  );
  const data = spec.data ?? labelledData;
  exceptions.forEach((exception, index) => {
    put(entryOffset(index, chunkSectors), entryBytes(exception));
    const at = exception.new * BigInt(chunkBytes(chunkSectors));
    const isData = exception.new > 1n && !isMetadataChunk(exception.new, chunkSectors);
    if (isData && at < BigInt(size)) put(Number(at), data(exception, index));
  });
  return bytes;
}

const encoder = new TextEncoder();
const labelledData = (exception: Exception) =>
  encoder.encode(`origin chunk ${exception.old}, kept in chunk ${exception.new}\n`);

/** Sectors of the smallest device on which the kernel could have made this table. */
export function smallestDevice(chunkSectors: number, exceptions: readonly Exception[]): number {
  // The kernel zeroes the next area as soon as one is full: that chunk must exist too.
  const lastArea = Math.floor(exceptions.length / entriesPerArea(chunkSectors));
  const chunks = exceptions.reduce(
    (most, { new: chunk }) => (chunk < 2n ** 32n ? Math.max(most, Number(chunk) + 1) : most),
    areaChunk(lastArea, chunkSectors) + 1,
  );
  return chunks * chunkSectors;
}
