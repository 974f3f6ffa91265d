/** A volume of a kind that its metadata alone do not tell the bytes of: why. */
export class UnsupportedError extends Error {
  override readonly name = "UnsupportedError";
}

const PARITY = "its disks hold parity, and which block lies on which is not worked out here";
const CACHED = "what its cache holds may be newer than the volume behind it";

const REASONS: Readonly<Record<string, string>> = {
  thin: "where its blocks lie is written in the metadata of its thin pool, which are not read here",
  "thin-pool": "it is the pool of thin volumes, no disk of its own",
  cache: CACHED,
  "cache-pool": "it is the pool of a cache, no disk of its own",
  writecache: CACHED,
  integrity: "it holds checksums and a journal beside the data, which are not read here",
  vdo: "its blocks are compressed and shared in a VDO pool, which is not read here",
  "vdo-pool": "it is the pool of VDO volumes, no disk of its own",
  raid4: PARITY,
  raid5: PARITY,
  raid6: PARITY,
  raid10: "which copy of its blocks is up to date is not worked out here",
};

export function unsupported(type: string): UnsupportedError {
  // raid5_ls, raid6_zr …: how the parity turns.
  const [family = ""] = type.split("_");
  const why = REASONS[type] ?? REASONS[family] ?? "segments of this type are not read here";
  return new UnsupportedError(`it is of type ${type}: ${why}`);
}
