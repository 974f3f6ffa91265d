import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type DiskFile, diskFiles, diskRow } from "../../testing/disk-rows.ts";
import { sha256Of } from "../../testing/handed-over.ts";
import { innerOf, openedOf, refusalOf } from "../../testing/opening.ts";
import { qcow2Bytes } from "../../testing/qcow2-builder.ts";
import { QEMU_IS_MISSING } from "../../testing/qemu-images.ts";

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "cowscope-advice-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** The command that a problem's advice gives, with names in the place of its capitals. */
function command(todo: string, names: Record<string, string>): string[] {
  const [, words = ""] = /(qemu-img [^,]*)/.exec(todo) ?? [];
  return words.split(" ").map((word) => names[word] ?? word);
}

/** Runs it beside copies of the files. */
function run(files: readonly DiskFile[], [program = "", ...args]: string[]) {
  for (const { name, bytes } of files) writeFileSync(join(folder, name), bytes);
  return spawnSync(program, args, { cwd: folder, encoding: "utf8" });
}

const made = (name: string): DiskFile => ({
  name,
  bytes: new Uint8Array(readFileSync(join(folder, name))),
});

describe.skipIf(QEMU_IS_MISSING)("what a problem says to type does what it says", () => {
  const format = { type: 0xe2792aca, data: new TextEncoder().encode("parallels") };
  const name = (bytes: Uint8Array) => ({ name: "disk.qcow2", bytes });

  test.each([
    ["a format that cannot be read", { backing: "base", extensions: [format] }],
    ["a name that is no file's", { backing: "nbd://server/disk" }],
  ])("an overlay over %s: put both into one file", async (_, spec) => {
    const base = { name: "base", bytes: new Uint8Array(512) };
    const { todo } = await refusalOf([name(qcow2Bytes(spec)), base]);
    const files = diskFiles(diskRow("qcow2-overlay"));
    const names = { OVERLAY: files[0]?.name ?? "", "WHOLE.qcow2": "whole.qcow2" };
    expect(run(files, command(todo, names)).stderr).toBe("");
    const { source, peers } = await openedOf([made("whole.qcow2")]);
    expect(peers).toEqual([]);
    expect(await sha256Of(source)).toBe(innerOf("qcow2-overlay"));
  });

  test.each(["before", "second one"])("the internal snapshot %s, as a disk", async (snapshot) => {
    const row = diskRow("qcow2-internal-snapshot");
    const files = diskFiles(row);
    const { problems } = await openedOf(files);
    const names = { IMAGE: "disk.qcow2", SNAPSHOT: snapshot, "DISK.raw": "disk.raw" };
    expect(run(files, command(problems[0]?.todo ?? "", names)).stderr).toBe("");
    const disk = made("disk.raw").bytes;
    const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", disk.slice()));
    expect(Buffer.from(hash).toString("hex")).toBe(row.internal_snapshots?.[snapshot]);
  });

  test("an image marked corrupt: qemu-img looks at it and changes nothing", async () => {
    const files = diskFiles(diskRow("qcow2-v3"));
    const [image] = files;
    if (!image) throw new Error("the row has no file");
    image.bytes[79] = (image.bytes[79] ?? 0) | 2;
    const { problems } = await openedOf(files);
    const ended = run(files, command(problems[0]?.todo ?? "", { IMAGE: image.name }));
    expect(ended.stdout).toMatch(/clusters/);
    expect(Buffer.compare(made(image.name).bytes, image.bytes)).toBe(0);
  });
});
