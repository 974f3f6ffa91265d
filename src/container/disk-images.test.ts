import { describe, expect, test } from "vitest";
import { DISK_ROWS, type DiskRow, diskFiles, diskRow } from "../../testing/disk-rows.ts";
import { openFirst, sha256Of, wrapperFor } from "../../testing/handed-over.ts";
import type { BlockSource } from "../source/block-source.ts";
import { diskImages } from "./disk-images.ts";

/** The rows whose outermost wrapper is one of these. */
const ROWS = DISK_ROWS.filter(({ id }) => /^(cut-)?(qcow[12]|vmdk|vhdx?|vdi|qed)(?!-in-)/.test(id));

const readable = ROWS.filter((row) => row.expected_problem === null);
const refused = ROWS.filter((row) => row.expected_problem !== null);

function open(row: DiskRow, partial = false) {
  const files = diskFiles(row);
  return openFirst(wrapperFor(diskImages, files), files, partial);
}

describe("disk images that real tools wrote", () => {
  test.each(readable)("$id: the bytes that the tool itself gives back", async (row) => {
    const opened = await open(row);
    if (!opened.ok) throw new Error(opened.problem.message);
    const [inner] = row.inner ?? [];
    expect(opened.value.source.size).toBe(inner?.bytes);
    await expectInner(opened.value.source, inner);
    expect(opened.value.source.readNow).toBeDefined();
    const others = (row.file_info ?? []).slice(1).map(({ name }) => name);
    expect([...new Set(opened.value.peers)].sort()).toEqual(others.sort());
  });
});

/** The disk that all of them hold, and, where one is larger, zeros. */
const PLAIN = diskRow("qcow2-v3").inner?.[0];
const GRAIN = 65_536;

async function expectInner(source: BlockSource, inner = PLAIN): Promise<void> {
  if (!inner || !PLAIN) throw new Error("the row has no inner disk");
  if (inner.bytes < 1 << 30) {
    expect(await sha256Of(source)).toBe(inner.sha256);
    return;
  }
  // 4 GiB would take longer to hash than all others together: a sector of each grain instead.
  expect(await sha256Of(source, PLAIN.bytes)).toBe(PLAIN.sha256);
  const starts = Array.from({ length: (inner.bytes - PLAIN.bytes) / GRAIN }, (_, i) => ({
    offset: PLAIN.bytes + i * GRAIN,
    length: 512,
  }));
  const bytes = await source.read(starts);
  expect(Buffer.compare(bytes, new Uint8Array(bytes.length))).toBe(0);
}

/** What must be said of a row that is refused. */
const SAID: Record<string, RegExp> = {
  "qcow2-overlay-nobase": /backing file base\.qcow2 is missing/,
  "qcow2-overlay-raw-nobase": /backing file base\.raw is missing/,
  "qcow2-luks": /encrypted \(LUKS\)/,
  "qcow2-aes": /encrypted \(AES, the old method\)/,
  "qcow2-data-file-missing": /external data file disk\.data is missing/,
  "vmdk-2gb-sparse-3-missing": /its extent disk-s002\.vmdk is missing/,
  "vmdk-flat-missing": /its extent disk-flat\.vmdk is missing/,
  "cut-vmdk-stream": /the VMDK is cut off: grains lie behind the end of the file/,
  "cut-vhd-dynamic": /the VHD, whose footer is missing, is cut off: blocks lie behind the end/,
  "cut-qcow2": /the qcow2 is cut off: clusters lie behind the end of the file/,
};

describe("disk images that are refused", () => {
  test.each(refused)("$id: $expected_problem", async (row) => {
    const opened = await open(row);
    if (opened.ok) throw new Error("it was opened");
    expect(opened.problem.message).toMatch(SAID[row.id] ?? /^$/);
    expect(opened.problem.where).toBe(row.file_info?.[0]?.name);
  });
});
