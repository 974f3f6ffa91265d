import { isSkippable } from "../stream/frame-unpacker.ts";
import { openStream } from "../stream/open-stream.ts";
import type { Wrapper } from "../wrapper.ts";
import { ZSTD_MAGIC } from "./frame-header.ts";
import { ZSTD_FORMAT } from "./zstd-format.ts";

/** `.zst`: zstd, pzstd. A file may begin with frames to be skipped, whose length alone says where. */
export const zstd: Wrapper = {
  kind: ZSTD_FORMAT.kind,
  matches: (head) => {
    for (let at = 0; at + 8 <= head.length; ) {
      const view = new DataView(head.buffer, head.byteOffset + at, 8);
      const magic = view.getUint32(0, true);
      if (magic === ZSTD_MAGIC) return true;
      if (!isSkippable(magic)) return false;
      at += 8 + view.getUint32(4, true);
    }
    return false;
  },
  open: (source, where, peers) => openStream(ZSTD_FORMAT, source, where, peers),
};
