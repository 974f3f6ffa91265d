import { openStream } from "../stream/open-stream.ts";
import type { Wrapper } from "../wrapper.ts";
import { LEGACY_MAGIC, LZ4_MAGIC } from "./frame-header.ts";
import { LZ4_FORMAT } from "./lz4-format.ts";

/** `.lz4`, the older kind as well. */
export const lz4: Wrapper = {
  kind: LZ4_FORMAT.kind,
  matches: (head) => {
    if (head.length < 7) return false;
    const magic = new DataView(head.buffer, head.byteOffset, 4).getUint32(0, true);
    return magic === LZ4_MAGIC || magic === LEGACY_MAGIC;
  },
  open: (source, where, peers) => openStream(LZ4_FORMAT, source, where, peers),
};
