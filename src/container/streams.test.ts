import { expect, test } from "vitest";
import { DISK_ROWS, diskFiles } from "../../testing/disk-rows.ts";
import { openFirst, sha256Of, wrapperFor } from "../../testing/handed-over.ts";
import { isMatch } from "../../testing/stream-rows.ts";
import { streams } from "./streams.ts";

const PACKED = /\.(gz|zst|xz|lzma|bz2|lz4|tar)$/;
const rows = DISK_ROWS.filter(({ file_info }) => file_info?.some(({ name }) => PACKED.test(name)));

test("there are as many rows as the tools made", () => {
  expect(rows.length).toBe(27);
});

test.each(rows.map((row) => [row.id, row] as const))("%s", async (_, row) => {
  const files = diskFiles(row);
  const opened = await openFirst(wrapperFor(streams, files), files);
  if (row.expected_problem) {
    expect(opened.ok).toBe(false);
    if (!opened.ok) expect(opened.problem.message).toContain(row.expected_problem);
    return;
  }
  if (!opened.ok) throw new Error(opened.problem.message);
  let { source } = opened.value;
  const [inner] = row.inner ?? [];
  // A tar in a gzip: the row's bytes lie in the tar. What else lies in a stream others test.
  if (row.id === "tar-gz") {
    const head = await source.read([{ offset: 0, length: 65_536 }]);
    const tar = streams.find((wrapper) => isMatch(wrapper, head));
    const again = await tar?.open(source, "disk.tar", { find: () => null, partial: false });
    if (!again?.ok) throw new Error("no tar in it");
    source = again.value.source;
  }
  if (row.id === "qcow2-in-gz" || row.id === "vmdk-in-zst") {
    expect(opened.value.problems).toEqual([]);
    return;
  }
  expect(source.size).toBe(inner?.bytes);
  expect(await sha256Of(source)).toBe(inner?.sha256);
});

test("no plain image is taken for a stream", () => {
  const plain = DISK_ROWS.filter(({ file_info }) => !file_info);
  expect(plain.length).toBeGreaterThan(20);
  for (const row of plain) {
    for (const { name, bytes } of diskFiles(row)) {
      for (const wrapper of streams)
        expect(isMatch(wrapper, bytes), `${row.id} ${name}`).toBe(false);
    }
  }
});
