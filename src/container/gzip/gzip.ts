import { openStream } from "../stream/open-stream.ts";
import type { Wrapper } from "../wrapper.ts";
import { GZIP_FORMAT } from "./gzip-format.ts";
import { isMemberStart } from "./member-header.ts";

/** `.gz`: gzip, pigz, bgzip. */
export const gzip: Wrapper = {
  kind: GZIP_FORMAT.kind,
  matches: (head) => isMemberStart(head),
  open: (source, where, peers) => openStream(GZIP_FORMAT, source, where, peers),
};
