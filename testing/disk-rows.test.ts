import { createHash } from "node:crypto";
import { readFileSync, rmSync } from "node:fs";
import { basename, dirname } from "node:path";
import { describe, expect, it } from "vitest";
import { DISK_ROWS, diskFiles, diskFolder, diskRow } from "./disk-rows.ts";

const sha256 = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

describe("the disks of fixtures/disks", () => {
  it.each(DISK_ROWS.map((row) => [row.id, row] as const))(
    "%s is handed over as it was made",
    (_, row) => {
      const expected = row.file_info ?? row.inner ?? [];
      expect(diskFiles(row).map(({ name, bytes }) => [name, bytes.length, sha256(bytes)])).toEqual(
        expected.map(({ name, bytes, sha256 }) => [name, bytes, sha256]),
      );
    },
  );

  it("lie in a folder under the same names", () => {
    const row = diskRow("vmdk-2gb-sparse-3");
    const paths = diskFolder(row);
    expect(paths.map((path) => basename(path))).toEqual(row.file_info?.map(({ name }) => name));
    expect(paths.map((path) => sha256(readFileSync(path)))).toEqual(
      row.file_info?.map(({ sha256 }) => sha256),
    );
    const [first] = paths;
    if (first) rmSync(dirname(first), { recursive: true });
  });
});
