import { describe, test } from "vitest";
import { diskImages } from "../src/container/disk-images.ts";
import { openFirst, wrapperFor } from "./handed-over.ts";
import { type Making, makeImage, QEMU_IS_MISSING } from "./qemu-images.ts";
import { seededRng } from "./random.ts";
import { expectRandomReads } from "./random-reads.ts";

const READS = 1000;

/** Tests: of each image that qemu-img makes, 1,000 random reads are what qemu-img converts it to. */
export function readLikeQemu(images: Record<string, Making>): void {
  describe.skipIf(QEMU_IS_MISSING)(`${READS} random reads are what qemu-img reads`, () => {
    test.each(Object.entries(images))("%s", async (name, making) => {
      const rng = seededRng(name.length * 977 + making.size);
      const { files, flat } = makeImage(rng, making);
      const opened = await openFirst(wrapperFor(diskImages, files), files);
      if (!opened.ok) throw new Error(opened.problem.message);
      await expectRandomReads(rng, opened.value.source, flat, READS);
    });
  });
}
