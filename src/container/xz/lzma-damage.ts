import { damaged, StreamDamage } from "../stream/stream-format.ts";
import { LzmaTooFarBack } from "./lzma.ts";
import { LzmaError } from "./range-decoder.ts";

/** What an error of LZMA's decoder says of the stream. @param offset where it stands in the file. */
export function lzmaDamage(error: unknown, offset: number): unknown {
  if (error instanceof LzmaError) return damaged(offset, error.message);
  if (!(error instanceof LzmaTooFarBack)) return error;
  const message = "it repeats what lies more than 128 MiB before; “xz -d FILE” unpacks it";
  return new StreamDamage("refused", offset, message);
}
