import { openStream } from "../stream/open-stream.ts";
import type { Wrapper } from "../wrapper.ts";
import { isStreamStart } from "./stream-frame.ts";
import { XZ_FORMAT } from "./xz-format.ts";

/** `.xz`. */
export const xz: Wrapper = {
  kind: XZ_FORMAT.kind,
  matches: (head) => isStreamStart(head),
  open: (source, where, peers) => openStream(XZ_FORMAT, source, where, peers),
};
