import { openStream } from "../stream/open-stream.ts";
import type { Wrapper } from "../wrapper.ts";
import { isLzmaStart, LZMA_FORMAT } from "./lzma-format.ts";

/** `.lzma`, which xz has replaced. */
export const lzma: Wrapper = {
  kind: LZMA_FORMAT.kind,
  matches: isLzmaStart,
  open: (source, where, peers) => openStream(LZMA_FORMAT, source, where, peers),
};
