import { openStream } from "../stream/open-stream.ts";
import type { Wrapper } from "../wrapper.ts";
import { BZIP2_FORMAT, bzip2Start } from "./bzip2-format.ts";

/** Behind the header comes a block, or at once the end. */
const FOLLOWS = [0x31, 0x17];

/** `.bz2`. */
export const bzip2: Wrapper = {
  kind: BZIP2_FORMAT.kind,
  matches: (head) => bzip2Start(head) > 0 && FOLLOWS.includes(head[4] ?? 0),
  open: (source, where, peers) => openStream(BZIP2_FORMAT, source, where, peers),
};
