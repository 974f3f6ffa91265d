import { describe, expect, test } from "vitest";
import { type DiskFile, diskFiles, diskRow } from "../../testing/disk-rows.ts";
import { wrapperFor } from "../../testing/handed-over.ts";
import { howItEnds } from "../../testing/hostile-image.ts";
import { type Rng, seededRng } from "../../testing/random.ts";
import { diskImages } from "./disk-images.ts";

const ROWS = [
  ...["qcow2-v3", "qcow2-v2-zlib-c4k", "qcow2-zstd", "qcow2-extl2-overlay", "qcow2-data-file"],
  ...["qcow2-internal-snapshot", "vmdk-sparse", "vmdk-stream", "vmdk-2gb-sparse", "vmdk-child"],
  ...["vhd-dynamic", "vhd-fixed", "vhdx-dynamic", "vdi-dynamic", "qcow1", "qed"],
];
const DAMAGES = 40;

/** Bytes overwritten, most of them where headers and tables are, and sometimes the end cut off. */
function damaged(rng: Rng, file: DiskFile): DiskFile {
  const bytes = file.bytes.slice(0, rng.chance(0.2) ? rng.below(file.bytes.length) : undefined);
  for (let i = rng.between(1, 12); i > 0 && bytes.length > 0; i--) {
    const near = rng.pick([128, 1024, 8192, 400_000, bytes.length]);
    const at = rng.below(Math.min(near, bytes.length));
    bytes[at] = rng.pick([0, 1, 0x7f, 0x80, 0xff, rng.below(256)]);
  }
  return { name: file.name, bytes };
}

describe("a damaged image is read or refused, whatever was damaged", () => {
  test.each(ROWS)("%s", async (id) => {
    const files = diskFiles(diskRow(id));
    const wrapper = wrapperFor(diskImages, files);
    for (let seed = 1; seed <= DAMAGES; seed++) {
      const rng = seededRng(seed);
      const one = rng.below(files.length);
      const some = files.map((file, i) => (i === one ? damaged(rng, file) : file));
      const end = await howItEnds(wrapper, some).catch((error: unknown) => error);
      expect(end, `seed ${seed}`).toMatch(/^(refused: \S+|hole|unreadable|read)$/);
    }
  });
});
