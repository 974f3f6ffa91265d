import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { BIN } from "./command.ts";
import { diskFiles, diskRow } from "./disk-rows.ts";
import { buildStore } from "./store-builder.ts";
import { sendRange, type WebServer, webServer } from "./web-server.ts";

const folder = mkdtempSync(join(tmpdir(), "cowscope-http-"));
afterAll(() => rmSync(folder, { recursive: true }));

const exceptions = Array.from({ length: 300 }, (_, i) => ({
  old: BigInt(i * 3),
  new: BigInt(i + 2),
}));
for (const one of exceptions) if (one.new >= 258n) one.new += 1n;
const files = new Map<string, Uint8Array>([
  ["/cow one.img", buildStore({ chunkSectors: 8, exceptions, cowSectors: 65_536 })],
]);
const ROWS = ["gpt", "two-pv", "qcow2-zstd", "qcow2-overlay", "vmdk-2gb-sparse"];
const named = (id: string) => diskFiles(diskRow(id)).map(({ name }) => `/${id}/${name}`);
for (const id of ROWS) {
  for (const { name, bytes } of diskFiles(diskRow(id))) files.set(`/${id}/${name}`, bytes);
}

let server: WebServer;
beforeAll(async () => {
  for (const id of ROWS) mkdirSync(join(folder, id));
  for (const [name, bytes] of files) writeFileSync(local(name), bytes);
  server = await webServer((request, response) => {
    const { pathname } = new URL(request.url ?? "", "http://x");
    const file = files.get(decodeURIComponent(pathname));
    if (pathname === "/whole.img") response.end("no ranges");
    else if (file) sendRange(request, response, file);
    else response.writeHead(404).end();
  });
});
afterAll(() => server.close());

const local = (name: string) => join(folder, name);
const remote = (name: string) => `${server.origin}${name.replaceAll(" ", "%20")}`;

/** Not spawnSync: the server answers in this very process. */
function run(...args: string[]): Promise<{ status: number; stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    const options = { cwd: folder, timeout: 60_000 };
    const child = execFile("node", [BIN, ...args], options, (_, stdout, stderr) =>
      resolve({ status: child.exitCode ?? -1, stdout, stderr }),
    );
  });
}

const RACE = '{"fix":"before","index":43,"exceptions":[["7","302"]]}';
const sha256 = (path: string) => createHash("sha256").update(readFileSync(path)).digest("hex");
const BARE = "/cow one.img";

describe("an address is an image", () => {
  test("check: the report of a bare store is the file's to the byte, for a few small requests", async () => {
    const before = server.requests.length;
    const [here, there] = await Promise.all([
      run("check", "--json", local(BARE)),
      run("check", "--json", remote(BARE)),
    ]);
    expect(there).toEqual(here);
    expect(JSON.parse(there.stdout).image.name).toBe("cow one.img");
    const asked = server.requests.slice(before);
    // The first byte, both ends, area 1, and the areas read ahead of the table's end.
    expect(asked.length).toBeLessThanOrEqual(24);
    const bytes = asked.map(({ range }) => {
      const [, from, to] = /(\d+)-(\d+)/.exec(range) ?? [];
      return Number(to) - Number(from) + 1;
    });
    expect(bytes.reduce((sum, one) => sum + one, 0)).toBeLessThan(400_000);
  });

  test.each(ROWS)("find and check of the disk %s", async (id) => {
    const names = named(id);
    for (const command of ["find", "check"]) {
      const [here, there] = await Promise.all([
        run(command, "--json", ...names.map(local)),
        run(command, "--json", ...names.map(remote)),
      ]);
      expect(there.status).toBe(here.status);
      expect(there.stdout).toBe(here.stdout);
    }
  });

  test("extract and snapshot give the kernel's bytes", async () => {
    const [store] = diskRow("two-pv").stores;
    const disks = named("two-pv").map(remote);
    const out = join(folder, "out.cow");
    const which = ["--store", store?.name ?? ""];
    expect((await run("extract", ...disks, ...which, "--out", out)).status).toBe(0);
    expect(sha256(out)).toBe(store?.cow_sha256);
    const { stdout } = await run("snapshot", "--json", ...disks, ...which);
    expect(JSON.parse(stdout).sha256).toBe(store?.snapshot_sha256);
  });

  test("dump, diff, repair and race", async () => {
    const [there, here] = await Promise.all([run("dump", remote(BARE)), run("dump", local(BARE))]);
    expect(there).toEqual(here);
    expect((await run("diff", remote(BARE), local(BARE))).status).toBe(0);
    const leave = async (image: string, out: string) => {
      const ends = ["--witness", "exceptions-lost", "--image", image, "--out", join(folder, out)];
      const { status, stderr } = await run("race", RACE, ...ends);
      return { status, stderr, sha256: sha256(join(folder, out)) };
    };
    expect(await leave(remote(BARE), "there.img")).toEqual(await leave(local(BARE), "here.img"));
  });

  test("--files-from: addresses and files, one line each", async () => {
    const list = join(folder, "list");
    writeFileSync(list, [remote(BARE), local(BARE), remote("/none.img"), ""].join("\n"));
    const { status, stdout } = await run("check", "--json", "--files-from", list);
    expect(status).toBe(1);
    const lines = stdout
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(lines.map(({ image }) => image.name)).toEqual([
      "cow one.img",
      "cow one.img",
      "none.img",
    ]);
    expect(lines[2].problem.code).toBe("image.unreadable");
    expect(lines[2].problem.found).toContain("404");
  });
});

describe("trouble is said in one sentence", () => {
  test.each([
    ["/none.img", "404, that there is no such file"],
    ["/whole.img", "this server sends no ranges"],
  ])("%s", async (name, words) => {
    const { status, stdout, stderr } = await run("check", remote(name));
    expect([status, stdout]).toEqual([1, ""]);
    expect(stderr).toMatch(/^cowscope: [^\n]+\n$/);
    expect(stderr).toContain(words);
  });

  test.each(["check", "find", "dump", "repair", "snapshot"])(
    "%s prints no user name, password or query",
    async (command) => {
      const { host } = new URL(server.origin);
      for (const name of ["/none.img", "/cow%20one.img", named("gpt")[0] ?? ""]) {
        const address = `http://geheim:geheim@${host}${name}?token=geheim`;
        const { stdout, stderr } = await run(command, address);
        expect(stdout + stderr).not.toContain("geheim");
        expect((stdout + stderr).length).toBeGreaterThan(20);
      }
    },
  );

  test("what only begins like an address is a file that is not there", async () => {
    expect((await run("check", "https:disk.img")).stderr).toContain("ENOENT");
  });

  test("no output goes to an address", async () => {
    const { status, stderr } = await run(
      "extract",
      remote(named("gpt")[0] ?? ""),
      "--out",
      remote("/x"),
    );
    expect([status, stderr.split("\n").length]).toEqual([1, 2]);
  });
});

describe("the plan of a repair", () => {
  test("fetches the store first, and its commands then mend it", async () => {
    const bad = Uint8Array.from(files.get(BARE) ?? []);
    bad[12] = 0;
    files.set("/bad.img", bad);
    const { stdout } = await run("repair", "--json", remote("/bad.img"));
    const plan = JSON.parse(stdout);
    const salvage = plan.levels.find(({ level }: { level: string }) => level === "salvage");
    expect(salvage.commands[0]).toContain(
      `cowscope extract ${server.origin}/bad.img --out bad.img.repaired`,
    );
    writeFileSync(join(folder, "cowscope"), `#!/bin/sh\nexec node '${BIN}' "$@"\n`, {
      mode: 0o755,
    });
    const commands = salvage.commands.join("\n");
    const env = { ...process.env, PATH: `${folder}:${process.env.PATH}` };
    await promisify(execFile)("sh", ["-ec", commands], { cwd: folder, env });
    expect((await run("check", "bad.img.repaired")).status).toBe(0);
  });
});
