import { bzip2 } from "./bzip2/bzip2.ts";
import { gzip } from "./gzip/gzip.ts";
import { lz4 } from "./lz4/lz4.ts";
import { lzma } from "./lzma/lzma.ts";
import { tar } from "./tar/tar.ts";
import type { Wrapper } from "./wrapper.ts";
import { xz } from "./xz/xz.ts";
import { zstd } from "./zstd/zstd.ts";

/** What files are packed into to be sent; the one without a magic is tried last. */
export const streams: readonly Wrapper[] = [gzip, zstd, xz, bzip2, lz4, tar, lzma];
