import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { BIN, cowscope } from "./command.ts";
import { buildStore } from "./store-builder.ts";

const folder = mkdtempSync(join(tmpdir(), "cowscope-command-"));
afterAll(() => rmSync(folder, { recursive: true }));

const path = (name: string) => join(folder, name);

/** Runs the command where the images lie; one that hangs has no status. */
const run = (args: string[], input = "") => cowscope(args, { cwd: folder, input, timeout: 30_000 });

const lines = (text: string): string[] => text.split("\n").filter((line) => line !== "");

const exceptions = [
  { old: 3n, new: 2n },
  { old: 9n, new: 3n },
];
const store = buildStore({ chunkSectors: 8, exceptions, cowSectors: 800 });
writeFileSync(path("good.img"), store);
writeFileSync(path("empty.img"), "");
writeFileSync(path("junk"), Buffer.alloc(8192, "no store at all, and nothing like one. "));

describe("asked about itself", () => {
  test("--version is the package's", () => {
    const { version } = JSON.parse(
      readFileSync(new URL("../package.json", import.meta.url), "utf8"),
    );
    expect(run(["--version"])).toEqual({ status: 0, stdout: `cowscope ${version}\n`, stderr: "" });
  });

  test.each(["check", "snapshot", "repair", "race"])("help %s, and --help behind it", (command) => {
    const { status, stdout, stderr } = run(["help", command]);
    expect([status, stderr]).toEqual([0, ""]);
    expect(stdout).toContain(`cowscope ${command} `);
    expect(run([command, "--help"]).stdout).toBe(stdout);
    expect(run([command, "x", "-h"]).stdout).toBe(stdout);
  });

  test("a command that is not there is one sentence", () => {
    for (const args of [["chekc"], ["help", "chekc"]]) {
      const { status, stdout, stderr } = run(args);
      expect([status, stdout]).toEqual([1, ""]);
      expect(stderr).toBe("cowscope: there is no command “chekc”; see cowscope --help\n");
    }
  });
});

describe("options", () => {
  test.each([
    [["--bogus", "good.img"], "there is no option “--bogus”"],
    [["-j", "good.img"], "there is no option “-j”"],
    [["good.img", "--kernel"], "--kernel needs a value"],
    [["good.img", "--kernel="], "--kernel needs a value"],
    [["--json=yes", "good.img"], "--json takes no value"],
    [["--table-chunk", "-1", "good.img"], "--table-chunk takes a whole number"],
    [["--jobs", "0", "good.img"], "--jobs takes a whole number from 1 to 256, not “0”"],
    [["--files-from", "no-list"], "--files-from no-list could not be read"],
    [["--files-from", "empty.img"], "names no image"],
  ])("%j: exit 1 and one sentence of ours", (args, sentence) => {
    const { status, stdout, stderr } = run(["check", ...args]);
    expect([status, stdout]).toEqual([1, ""]);
    expect(stderr).toMatch(/^cowscope check: [^\n]+\n$/);
    expect(stderr).toContain(sentence);
  });

  test("behind -- a name may begin with dashes", () => {
    writeFileSync(path("--json"), store);
    const { status, stdout } = run(["check", "--", "--json"]);
    expect(status).toBe(0);
    expect(stdout).toMatch(/^--json: /);
  });
});

describe("what cannot be read at any offset is said at once", () => {
  test("a FIFO that nobody writes to", () => {
    execFileSync("mkfifo", [path("fifo")]);
    expect(run(["check", "fifo"]).stderr).toContain("it is a pipe");
  });

  test("a socket", async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(path("socket"), resolve));
    try {
      expect(run(["check", "socket"]).stderr).toContain("it is a socket");
    } finally {
      server.close();
    }
  });

  test.each([
    ["/dev/zero", "a character device"],
    ["/dev/null", "a character device"],
    [".", "it is a directory"],
    ["-", "- is empty"],
    ["nowhere", "ENOENT"],
    ["empty.img", "is empty"],
  ])("%s", (name, words) => {
    const { status, stdout, stderr } = run(["check", name]);
    expect([status, stdout]).toEqual([1, ""]);
    expect(stderr).toMatch(/^cowscope: [^\n]+\n$/);
    expect(stderr).toContain(words);
  });
});

describe("--json: one line an image, whatever happens", () => {
  const images = ["good.img", "nowhere", "junk", ".", "empty.img", "good.img"];

  function expectLines(stdout: string): void {
    const all = lines(stdout).map((line) => JSON.parse(line));
    expect(all.map(({ schema }) => schema)).toEqual(images.map(() => "cowscope.report/1"));
    expect(
      all.map(({ image, problem, verdict }) => [image.name, problem?.code ?? verdict.id]),
    ).toEqual([
      ["good.img", "healthy"],
      ["nowhere", "image.unreadable"],
      ["junk", "not-a-store"],
      [".", "image.unreadable"],
      ["empty.img", "image.empty"],
      ["good.img", "healthy"],
    ]);
    expect(all[1]).toMatchObject({
      image: { name: "nowhere", bytes: null, sectors: null },
      problem: { message: "nowhere could not be read", todo: expect.any(String) },
    });
  }

  test("a problem is a line too, and a sentence on stderr", () => {
    const { status, stdout, stderr } = run(["check", "--json", ...images]);
    expect(status).toBe(1);
    expectLines(stdout);
    expect(lines(stderr)).toHaveLength(4);
  });

  test("--files-from: lines or zero bytes, from a file or stdin", () => {
    writeFileSync(path("list"), `${images.slice(1).join("\n")}\n`);
    expectLines(run(["check", "--json", "good.img", "--files-from", "list"]).stdout);
    expectLines(run(["check", "--json", "--files-from", "-"], images.join("\0")).stdout);
  });

  test("--jobs: the same bytes in the same order", () => {
    mkdirSync(path("many"));
    const many = Array.from({ length: 60 }, (_, n) => {
      const sectors = n === 0 ? 200_000 : 100 + n * 8;
      const name = `many/${n}.img`;
      if (n % 7 !== 3) {
        writeFileSync(path(name), buildStore({ chunkSectors: 8, exceptions, cowSectors: sectors }));
      }
      return name;
    });
    const one = run(["check", "--json", "--jobs", "1", ...many]);
    expect(lines(one.stdout)).toHaveLength(60);
    expect(one.status).toBe(1);
    expect(run(["check", "--json", "--jobs", "4", ...many])).toEqual(one);
    expect(run(["check", "--json", ...many])).toEqual(one);
  });
});

describe("names never reach a terminal as they are", () => {
  const evil = "e\x1b[2Jvil\u202egmi.\nimg";

  test("in text, of a report and of a problem; JSON has them exactly", () => {
    writeFileSync(path(evil), store);
    const shown = "e\\x1b[2Jvil\\u202egmi.\\x0aimg";
    const text = run(["check", evil]);
    expect(text.stdout.startsWith(`${shown}: `)).toBe(true);
    expect(text.stdout).not.toContain("\x1b");
    expect(run(["check", `no-${evil}`]).stderr).toContain(`no-${shown} could not be read`);
    expect(JSON.parse(run(["check", "--json", evil]).stdout).image.name).toBe(evil);
    expect(run(["check", "good.img", `--${evil}`]).stderr).toMatch(/^[^\n]+\n$/);
  });
});

describe("an output that nobody takes", () => {
  const shell = (command: string) =>
    spawnSync("bash", ["-c", command], {
      encoding: "utf8",
      cwd: folder,
      env: { ...process.env, BIN, NODE: process.execPath },
    });

  test("a reader that goes away ends it without a word", () => {
    const images = Array.from({ length: 400 }, () => "good.img").join(" ");
    const { stdout, stderr } = shell(
      `"$NODE" "$BIN" check --json ${images} | head -1; echo "\${PIPESTATUS[0]}"`,
    );
    const [first = "", code] = lines(stdout);
    expect(JSON.parse(first).verdict.id).toBe("healthy");
    expect([code, stderr]).toEqual(["1", ""]);
  });

  test.each(["check --json good.img", "check good.img", "help check", "race '{}'"])(
    "a full disk is one sentence: %s",
    (args) => {
      const { status, stderr } = shell(`"$NODE" "$BIN" ${args} > /dev/full`);
      expect(status).toBe(1);
      expect(stderr).toMatch(/^cowscope[^\n]*: the output could not be written: ENOSPC[^\n]*\n$/);
    },
  );

  test("a stdout that is closed is written to by nobody", () => {
    const out = openSync(path("closed.txt"), "w");
    const { status, stderr } = spawnSync("bash", ["-c", `"$NODE" "$BIN" check good.img >&-`], {
      encoding: "utf8",
      cwd: folder,
      env: { ...process.env, BIN, NODE: process.execPath },
      stdio: ["ignore", out, "pipe"],
    });
    expect([status, stderr]).toEqual([0, ""]);
  });
});
