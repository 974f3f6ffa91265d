import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { BytesSource } from "../../source/bytes-source.ts";
import { GZIP_FORMAT } from "../gzip/gzip-format.ts";
import { openStream } from "./open-stream.ts";

test("a sweep that nobody waits for stops, however much one read unpacks to", async () => {
  // 256 MiB in 255 KiB: they are read at once.
  const packed = new BytesSource(new Uint8Array(gzipSync(Buffer.alloc(256 << 20))));
  class Stopped extends Error {}
  let pauses = 0;
  const pause = async () => {
    pauses += 1;
    if (pauses === 3) throw new Stopped();
  };
  const opening = openStream(GZIP_FORMAT, packed, "disk.gz", { partial: false, pause });
  await expect(opening).rejects.toBeInstanceOf(Stopped);
  expect(pauses).toBe(3);
});
