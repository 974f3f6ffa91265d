import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, describe, expect, test } from "vitest";
import type { FindReport } from "../src/cli/find-report.ts";
import { BIN, cowscope } from "./command.ts";
import { diskFolder, diskRow } from "./disk-rows.ts";
import { buildStore } from "./store-builder.ts";

const folder = mkdtempSync(join(tmpdir(), "cowscope-find-"));
const folders = [folder];
afterAll(() => folders.forEach((one) => void rmSync(one, { recursive: true })));

const run = (...args: string[]) => cowscope(args, { cwd: folder });

const unpacked = new Map<string, string[]>();
/** The row's files in a folder of their own. @returns their paths. */
function disks(id: string): string[] {
  const there = unpacked.get(id);
  if (there) return there;
  const paths = diskFolder(diskRow(id));
  folders.push(dirname(paths[0] ?? ""));
  unpacked.set(id, paths);
  return paths;
}

const sha256 = (path: string) => createHash("sha256").update(readFileSync(path)).digest("hex");
const storeIn = (id: string, name: string) => {
  const found = diskRow(id).stores.find((store) => store.name === name);
  if (!found) throw new Error(`no ${name} in ${id}`);
  return found;
};
const jsonLines = (text: string) =>
  text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line));

describe("cowscope find", () => {
  test("--json: where a store's bytes lie, so that they can be copied by hand", () => {
    const paths = disks("two-pv");
    const { status, stdout, stderr } = run("find", "--json", ...paths);
    expect([status, stderr]).toEqual([0, ""]);
    const found: FindReport = JSON.parse(stdout);
    expect(found.schema).toBe("cowscope.find/1");
    expect(found.images).toEqual([
      { name: "pv0.img", bytes: "41943040" },
      { name: "pv1.img", bytes: "33554432" },
    ]);
    const images = paths.map((path) => readFileSync(path));
    for (const { name, extents, bytes } of found.stores) {
      const parts = (extents ?? []).map(({ image, offset, bytes: length }) => {
        const from = Number(offset);
        return images[image ?? -1]?.subarray(from, from + Number(length)) ?? Buffer.alloc(0);
      });
      const whole = Buffer.concat(parts);
      expect(whole.length).toBe(Number(bytes));
      const { cow_sha256 } = storeIn("two-pv", name);
      expect(createHash("sha256").update(whole).digest("hex")).toBe(cow_sha256);
    }
    expect(found.stores[0]).toMatchObject({
      name: "vgtwo/s_4k",
      kind: "lvm",
      path: ["pv0.img + pv1.img", "lvm vgtwo/s_4k"],
      bytes: "2097152",
      lvmChunkSectors: 8,
      origin: "vgtwo/root",
      originBytes: "6291456",
      originComplete: true,
      merging: false,
      complete: true,
      missing: [],
    });
    expect(found.others.map(({ name }) => name)).toEqual(diskRow("two-pv").others);
  });

  test("for people: what lies in what, and what to type next", () => {
    const [disk = ""] = disks("nested");
    const { status, stdout } = run("find", disk);
    expect(status).toBe(0);
    expect(stdout).toBe(`disk.img  40 MiB, LVM2
  hostvg  volume group
    hostvg/guest  20 MiB, mbr
      partition 1  17 MiB, LVM2, type 8e
        guestvg  volume group
          guestvg/root  1 MiB
          guestvg/before  768 KiB, COW store of guestvg/root, chunks of 4 KiB
    hostvg/guest-backup  2 MiB, COW store of hostvg/guest, chunks of 8 KiB

cowscope check ${disk}
`);
    // What is suggested checks each of them.
    expect(jsonLines(run("check", "--json", disk).stdout)).toHaveLength(2);
    const [one = ""] = disks("mbr-primary");
    const { stores } = JSON.parse(run("find", "--json", one).stdout);
    const hint = run("find", one).stdout.trim().split("\n").at(-1);
    const picked = stores.length === 1 ? ` --store ${stores[0].name}` : "";
    expect(hint).toBe(`cowscope check ${one}${picked}`);
  });

  test("exit codes: 2 where something is missing, 3 where no store is, 1 where it cannot be told", () => {
    const missing = run("find", ...disks("two-pv-only-0"));
    expect(missing.status).toBe(2);
    expect(missing.stdout).toContain("NOT ALL THERE: pv1 (uuid ");
    expect(missing.stderr).toContain("A disk of the volume group vgtwo is missing: pv1");
    expect(run("find", ...disks("gpt-bad-backup")).status).toBe(2);

    writeFileSync(join(folder, "junk"), Buffer.alloc(1 << 16, "nothing at all. "));
    const none = run("find", "--json", "junk");
    expect(none.status).toBe(3);
    expect(JSON.parse(none.stdout)).toMatchObject({ stores: [], others: [{ name: "junk" }] });
    expect(none.stderr).toMatch(/^cowscope find: There is no COW store in junk\. [^\n]+\n$/);

    const lost = run("find", "--json", ...disks("gpt-none"));
    expect(lost.status).toBe(1);
    expect(lost.stderr).toContain("neither GPT header is valid");
    expect(JSON.parse(lost.stdout).problems).toMatchObject([{ code: "gpt.none" }]);
    expect(run("find", "not-there")).toMatchObject({ status: 1, stdout: "" });
    expect(run("find").stderr).toBe("cowscope find: name at least one disk\n");
  });
});

describe("cowscope extract", () => {
  test.each([
    ["two-pv", "vgtwo/s_4k"],
    ["nested", "guestvg/before"],
    ["bare-partition", "partition 2"],
  ])("%s: %s, its origin, and nothing of the disk's zeros", (id, name) => {
    const out = join(folder, `${id}.out`);
    const { status, stdout } = run(
      "extract",
      ...disks(id),
      "--store",
      name,
      "--out",
      out,
      "--json",
    );
    expect(status).toBe(0);
    const { cow_sha256, origin_sha256, cow_bytes, kind } = storeIn(id, name);
    expect(JSON.parse(stdout)).toMatchObject({
      schema: "cowscope.extract/1",
      bytes: String(cow_bytes),
      sha256: cow_sha256,
      missing: [],
    });
    expect(sha256(out)).toBe(cow_sha256);
    const origin = run("extract", ...disks(id), "--store", name, "--origin", "--out", out);
    if (kind === "bare") {
      expect(origin.status).toBe(1);
      expect(origin.stderr).toContain("Nothing says which origin partition 2 belongs to");
    } else {
      expect(origin.status).toBe(0);
      expect(sha256(out)).toBe(origin_sha256);
      const { size, blocks } = statSync(out);
      expect(blocks * 512).toBeLessThan(size);
    }
  });

  test("what is not whole is not written, unless asked for: then zeros, as the kernel's reads were counted", () => {
    const out = join(folder, "partial.out");
    const paths = disks("two-pv-only-0");
    const refused = run("extract", ...paths, "--store", "vgtwo/s_4k", "--out", out);
    expect(refused.status).toBe(1);
    expect(refused.stderr).toMatch(/vgtwo\/s_4k is not all there .* pv1 .*--partial/);
    expect(statSync(out, { throwIfNoEntry: false })).toBe(undefined);
    const { status, stderr } = run("extract", ...paths, "--store=s_4k", "--out", out, "--partial");
    expect(status).toBe(2);
    expect(stderr).toContain("1 MiB in 64 runs are missing");
    // fixtures/disks: the kernel's read of what an error target stands for in part.
    expect(sha256(out)).toBe("384ec3aa6f077a9859c1f12a67e37d15fe03cbe53247de44af3a74acf67f1a79");
  });

  test("never onto a disk that is read", () => {
    const paths = disks("two-pv");
    const before = paths.map(sha256);
    for (const out of paths) {
      const { status, stderr } = run("extract", ...paths, "--store", "s_4k", "--out", out);
      expect([status, stderr]).toEqual([1, expect.stringContaining("it is the image")]);
    }
    expect(paths.map(sha256)).toEqual(before);
  });

  test("an origin that cannot be put together says why", () => {
    const out = join(folder, "thin.out");
    const { status, stderr } = run(
      ...["extract", ...disks("others"), "--store", "thickofthin", "--origin", "--out", out],
    );
    expect(status).toBe(1);
    expect(stderr).toContain("it is of type thin");
  });
});

describe("cowscope check of a disk", () => {
  test("several stores: a line each, in the order of find, named by file and volume", () => {
    const [disk = ""] = disks("gpt");
    const { status, stdout, stderr } = run("check", "--json", "--kernel", "6.1.0-56-amd64", disk);
    expect([status, stderr]).toEqual([0, ""]);
    const reports = jsonLines(stdout);
    expect(
      reports.map(({ image, options, kernel }) => [image.name, options, kernel.status]),
    ).toEqual(
      diskRow("gpt").stores.map(({ name, lvm_chunk_sectors, origin_bytes, kernel_status }) => [
        `disk.img:${name}`,
        {
          tableChunk: lvm_chunk_sectors,
          tableChunkFrom: "lvm",
          originSectors: String(origin_bytes / 512),
          blockSize: 512,
          kernel: "6.1.0-56-amd64",
        },
        kernel_status?.replace("snapshot ", ""),
      ]),
    );
  });

  test("two disks without --store are an image each; with it they are one machine", () => {
    const paths = disks("two-pv");
    const apart = run("check", "--json", ...paths);
    expect(apart.status).toBe(1);
    const lines = jsonLines(apart.stdout);
    expect(lines).toHaveLength(16);
    expect(new Set(lines.map(({ image }) => image.name.split(":")[0]))).toEqual(
      new Set(["pv0.img", "pv1.img"]),
    );
    const broken = lines.filter(({ problem }) => problem);
    expect(broken.length).toBeGreaterThan(0);
    for (const { problem } of broken) {
      expect(problem).toMatchObject({ code: "store.incomplete" });
      expect(problem.todo).toContain("--store vgtwo/");
    }
    expect(apart.stderr).toContain("A disk of the volume group vgtwo is missing: pv1");

    const { status, stdout } = run("check", "--json", ...paths, "--store", "vgtwo/s_8k");
    expect(status).toBe(0);
    expect(jsonLines(stdout)).toMatchObject([{ image: { name: "pv0.img + pv1.img:vgtwo/s_8k" } }]);
  });

  test("an overlay finds its backing file among the images of the call, and nowhere else", () => {
    const [overlay = "", base = ""] = disks("qcow2-overlay-raw");
    const alone = run("check", "--json", overlay);
    expect(alone.status).toBe(1);
    expect(jsonLines(alone.stdout)).toMatchObject([{ problem: { code: "qcow2.backing-missing" } }]);
    const both = run("check", "--json", overlay, base);
    const names = jsonLines(both.stdout).map(({ image }) => image.name);
    expect(names.slice(0, 2)).toEqual(["overlay.qcow2:vgwrap/good", "overlay.qcow2:vgwrap/over"]);
    const list = join(folder, "list");
    writeFileSync(list, [overlay, base].join("\n"));
    const listed = run("check", "--json", "--jobs", "2", "--files-from", list);
    expect(listed.stdout).toBe(both.stdout);
  });

  test("what is cut off is read with --partial only", () => {
    const [cut = ""] = disks("cut-qcow2");
    const refused = run("check", "--json", cut);
    expect(jsonLines(refused.stdout)).toMatchObject([{ problem: { code: "qcow2.cut" } }]);
    const found = JSON.parse(run("find", "--json", "--partial", cut).stdout);
    expect(found.stores).toMatchObject([
      { name: "vgwrap/good", complete: false },
      { name: "vgwrap/over", complete: false },
    ]);
  });

  test("a name that is none lists those there are; one that several have is not guessed", () => {
    const [disk = ""] = disks("nested");
    const { status, stdout, stderr } = run("check", disk, "--store", "nothing");
    expect([status, stdout]).toEqual([1, ""]);
    expect(stderr).toContain("there are hostvg/guest-backup, guestvg/before");
    const several = run("snapshot", disk);
    expect(several.status).toBe(1);
    expect(several.stderr).toContain("There are 2 stores");
  });

  test("a disk without a store, and one that cannot be read, are a line and a sentence", () => {
    const paths = ["gpt-none", "mda-ignored-only-nomda"].flatMap(disks);
    const { status, stdout, stderr } = run("check", "--json", ...paths);
    expect(status).toBe(1);
    expect(jsonLines(stdout)).toMatchObject([
      { image: { name: "disk.img" }, problem: { code: "gpt.none" } },
      { image: { name: "nomda.img" }, problem: { code: "lvm.no-metadata" } },
    ]);
    expect(stderr.trim().split("\n")).toHaveLength(2);
  });

  test("on threads a disk's stores stay together and in order", () => {
    const paths = ["gpt", "names", "mbr-primary"].flatMap(disks);
    const alone = run("check", "--json", "--jobs", "1", ...paths);
    const threads = run("check", "--json", "--jobs", "3", ...paths);
    expect(threads.stdout).toBe(alone.stdout);
    expect(jsonLines(alone.stdout)).toHaveLength(7);
  });

  test("a bare store's report is the same in a partition, but for what names it", () => {
    const [disk = ""] = disks("bare-partition");
    const bare = join(folder, "bare.img");
    run("extract", disk, "--out", bare);
    const inside = run("check", "--json", disk);
    const outside = run("check", "--json", bare);
    expect(inside.status).toBe(outside.status);
    expect(inside.stdout.replace("disk.img:partition 2", basename(bare))).toBe(outside.stdout);
  });
});

test("cowscope repair of a store in a disk: its commands gather it, and mend the copy", () => {
  const [whole = ""] = disks("nested");
  const found: FindReport = JSON.parse(run("find", "--json", whole).stdout);
  const store = found.stores.find(({ name }) => name === "guestvg/before");
  const bytes = readFileSync(whole);
  // The store's magic, through the host's volume and the guest's partition table.
  bytes.write("oops", Number(store?.extents?.[0]?.offset));
  const disk = join(folder, "damaged disk.img");
  writeFileSync(disk, bytes);
  expect(run("check", disk, "--store", "before").status).toBe(2);

  const plan = run("repair", disk, "--store", "before", "--level", "salvage", "--json");
  expect(plan.status).toBe(2);
  const [level] = JSON.parse(plan.stdout).levels;
  writeFileSync(join(folder, "cowscope"), `#!/bin/sh\nexec node '${BIN}' "$@"\n`, { mode: 0o755 });
  const env = { ...process.env, PATH: `${folder}:${process.env.PATH}` };
  for (const command of level.commands) {
    const { status, stderr } = spawnSync("sh", ["-e", "-c", command], { cwd: folder, env });
    expect([status, command], stderr.toString()).toEqual([0, command]);
  }
  const mended = join(folder, "guestvg-before.repaired");
  expect(sha256(mended)).toBe(storeIn("nested", "guestvg/before").cow_sha256);
  expect(readFileSync(disk).equals(bytes)).toBe(true);

  const out = join(folder, "mended.cow");
  const args = ["--store", "before", "--level", "salvage", "--out", out];
  expect(run("repair", disk, ...args).status).toBe(0);
  expect(sha256(out)).toBe(sha256(mended));
  expect(run("repair", disk, ...args.slice(0, -1), disk).status).toBe(1);
});

describe("cowscope snapshot of a store in a disk", () => {
  test.each([
    ["two-pv", "vgtwo/d_striped"],
    ["nested", "guestvg/before"],
    // Its origin is nothing but zeros, which no file holds.
    ["others", "vgoth/sparse"],
  ])("%s: %s over the origin that its volume group names", (id, name) => {
    const { snapshot_sha256, origin_name } = storeIn(id, name);
    const { status, stdout } = run("snapshot", ...disks(id), "--store", name, "--json");
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ sha256: snapshot_sha256, origin: origin_name });
    const text = run("snapshot", ...disks(id), "--store", name);
    expect(text.stdout).toContain(`over ${origin_name}, the origin that the volume group names`);
  });

  test("over an origin that is given, where nothing names one", () => {
    const [origin = "", overlay = ""] = disks("overlay-file");
    const { snapshot_sha256 } = storeIn("overlay-file", "overlay-LIVE-1A2B");
    const { status, stdout } = run("snapshot", overlay, "--origin", origin, "--json");
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ sha256: snapshot_sha256 });
    expect(JSON.parse(stdout)).not.toHaveProperty("origin");
    const without = run("snapshot", overlay);
    expect(without.status).toBe(1);
    expect(without.stderr).toContain("--origin ORIGIN is needed");
    // In the same disks an origin is named as find names it, whatever lies around it.
    const [disk = ""] = disks("bare-partition");
    const inside = run("snapshot", disk, "--origin", "partition 1", "--json");
    expect(JSON.parse(inside.stdout).sha256).toBe(
      storeIn("bare-partition", "partition 2").snapshot_sha256,
    );
    const packed = [origin, overlay].map((path) => {
      writeFileSync(join(folder, `${basename(path)}.gz`), gzipSync(readFileSync(path)));
      return `${basename(path)}.gz`;
    });
    const [first = "", second = ""] = packed;
    const unpacked = run("snapshot", ...packed, "--store", second, "--origin", first, "--json");
    expect(JSON.parse(unpacked.stdout).sha256).toBe(snapshot_sha256);
    const thin = run("snapshot", ...disks("others"), "--store", "thickofthin");
    expect(thin.stderr).toContain("the origin vgoth/thin1 cannot be read");
  });
});

test("a name that would act on a shell or a terminal is quoted, and shown as it is escaped", () => {
  const name = "a b\n'\u001b[2J.img";
  writeFileSync(
    join(folder, name),
    buildStore({ chunkSectors: 8, exceptions: [], cowSectors: 80 }),
  );
  const { status, stdout } = run("find", name);
  expect(status).toBe(0);
  expect(stdout).not.toContain("\u001b");
  expect(stdout.split("\n")).toHaveLength(4);
});
