import { type SpawnSyncReturns, spawnSync } from "node:child_process";
import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { isDeepStrictEqual } from "node:util";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { FLEET_TOOLS, hasTools } from "../scripts/lib/tools.mjs";
import { fixture, fixtureBytes } from "./fixtures.ts";
import { buildStore } from "./store-builder.ts";

const TOOLS_ARE_MISSING = !process.env.CI && !hasTools(FLEET_TOOLS);
if (TOOLS_ARE_MISSING)
  console.warn("SKIPPED: xargs or GNU parallel is missing (npm test installs it)");

const BIN = fileURLToPath(new URL("../bin/cowscope.js", import.meta.url));
const DOC = readFileSync(new URL("../docs/fleet.md", import.meta.url), "utf8");

/** The block of code under a heading. */
function recipe(heading: string, language: string): string {
  const section = DOC.split("\n## ").find((part) => part.startsWith(`${heading}\n`)) ?? "";
  const found = new RegExp(`\n\`\`\`${language}\n(.*?)\`\`\``, "s").exec(section)?.[1];
  if (found === undefined) throw new Error(`docs/fleet.md has no ${language} under ${heading}`);
  return found;
}

const folders: string[] = [];
afterAll(() => folders.forEach((one) => void rmSync(one, { recursive: true })));

let folder = "";
const at = (name: string) => join(folder, name);

/** 130 images: sound ones, and of each hundred some that are damaged, no store, or not there. */
const NAMES = Array.from({ length: 130 }, (_, i) => `image ${i}'s.img`);
const isDamaged = (i: number) => i % 10 === 3;
const isMissing = (i: number) => i % 50 === 7;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "cowscope-fleet-"));
  folders.push(folder);
  const sound = buildStore({ chunkSectors: 8, exceptions: [{ old: 3n, new: 2n }], cowSectors: 64 });
  const damaged = sound.slice();
  damaged.fill(0, 12, 16);
  NAMES.forEach((name, i) => {
    if (!isMissing(i)) writeFileSync(at(name), isDamaged(i) ? damaged : sound);
  });
  writeFileSync(at("images.txt"), `${NAMES.join("\n")}\n`);
  mkdirSync(at("bin"));
  // Counts its calls; while there is a file "full", those that check the 100th image fail.
  const script = `#!/bin/sh
echo x >> '${at("calls")}'
case "$*" in *"image 100"*) if [ -e '${at("full")}' ]; then echo '{"half'; exit 1; fi;; esac
exec node '${BIN}' "$@"
`;
  writeFileSync(at("bin/cowscope"), script, { mode: 0o755 });
});

function run(script: string, env = {}, input = ""): SpawnSyncReturns<string> {
  const path = `${at("bin")}:${process.env.PATH}`;
  return spawnSync("sh", ["-c", script], {
    encoding: "utf8",
    cwd: folder,
    input,
    env: { ...process.env, PATH: path, ...env },
    timeout: 120_000,
    maxBuffer: 1 << 26,
  });
}

const calls = () => readFileSync(at("calls"), "utf8").split("\n").length - 1;

interface Line {
  image: { name: string };
  verdict?: { id: string };
  problem?: { code: string };
}

const parsed = (text: string): Line[] =>
  text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line));

/** Of all files that are whole. */
function results(): Line[] {
  const files = readdirSync(at("results")).filter((name) => name.endsWith(".ndjson"));
  return files.flatMap((name) => parsed(readFileSync(at(`results/${name}`), "utf8")));
}

/** Every image has exactly one line, and that says what it is. */
function expectAll(lines: readonly Line[]): void {
  const byName = new Map(lines.map((line) => [line.image.name, line]));
  expect(lines.length).toBe(NAMES.length);
  NAMES.forEach((name, i) => {
    const line = byName.get(name);
    if (isMissing(i)) expect(line?.problem?.code).toBe("image.unreadable");
    else if (isDamaged(i)) expect(line?.verdict?.id).not.toBe("healthy");
    else expect(line?.verdict?.id).toBe("healthy");
  });
}

describe.skipIf(TOOLS_ARE_MISSING)(
  "the recipes for one host, as they stand in docs/fleet.md",
  () => {
    test("xargs", () => {
      const { status } = run(recipe("xargs", "sh"));
      expect(status).toBe(0);
      expectAll(results());
      expect(calls()).toBe(3);
    });

    test("xargs says that a call failed, and leaves no file that looks whole", () => {
      writeFileSync(at("full"), "");
      expect(run(recipe("xargs", "sh")).status).toBe(123);
      expect(results().length).toBe(130 - 64);
    });

    test("GNU parallel repeats what failed, and that alone", () => {
      const script = recipe("GNU parallel", "sh");
      writeFileSync(at("full"), "");
      expect(run(script).status).toBe(1);
      expect(results().length).toBe(130 - 64);
      rmSync(at("full"));
      const again = run(script);
      expect([again.status, again.stdout]).toEqual([0, ""]);
      expectAll(results());
      expect(calls()).toBe(3 + 1);
      // And once more there is nothing left to do.
      expect(run(script).status).toBe(0);
      expect(calls()).toBe(4);
    });
  },
);

test("the script of the Kubernetes job: all indexes together check each image once", () => {
  const manifest = recipe("Kubernetes", "yaml");
  const block = /args:\n +- \|\n((?: {14}.*\n)+)/.exec(manifest)?.[1] ?? "";
  const script = block.replace(/^ {14}/gm, "");
  expect(script).toContain("--shard");
  const env = { LIST: at("images.txt"), RESULTS: at("results"), SHARDS: "4" };
  mkdirSync(at("results"));
  for (const index of ["0", "1", "2", "3"]) {
    const { status, stderr } = run(script, { ...env, JOB_COMPLETION_INDEX: index });
    expect(status, stderr).toBe(0);
  }
  expect(readdirSync(at("results")).sort()).toEqual(["0", "1", "2", "3"].map((i) => `${i}.ndjson`));
  expectAll(results());
  // What makes an index fail for good: exit code 1.
  expect(run(script, { ...env, LIST: at("none"), JOB_COMPLETION_INDEX: "0" }).status).toBe(1);
});

test("the command that Spark pipes to, also for an empty partition", () => {
  const command = /"(cowscope [^"]*)"/.exec(recipe("Spark", "python"))?.[1] ?? "";
  const { status, stdout } = run(command, {}, readFileSync(at("images.txt"), "utf8"));
  expect(status).toBe(0);
  expectAll(parsed(stdout));
  const empty = run(command, {}, "");
  expect([empty.status, empty.stdout, empty.stderr]).toEqual([0, "", ""]);
});

test("the columns that DuckDB is told of are those of the lines", () => {
  const sql = recipe("DuckDB over the results", "sql");
  const columns = [...sql.matchAll(/^ {2}(\w+): '(?:STRUCT\((.*)\)|MAP.*)',?$/gm)];
  const { stdout } = run(`cowscope check --json "${NAMES[0]}" "${NAMES[7]}"`);
  const [report = {}, problem = {}]: Record<string, object>[] = stdout
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
  expect(columns.length).toBe(7);
  for (const [, name = "", fields = ""] of columns) {
    const value = (name === "problem" ? problem : report)[name];
    expect(value, name).toBeDefined();
    for (const field of fields.split(", ").filter((one) => one !== "")) {
      expect(value, `${name}.${field}`).toHaveProperty(field.split(" ")[0] ?? "");
    }
  }
});

describe("--exit, --shard and the limits of an image", () => {
  test("--exit checked: 0 whatever the lines say; not where the call itself is wrong", () => {
    expect(run(`cowscope check --json "${NAMES[3]}"`).status).toBe(2);
    const all = run(`cowscope check --json --exit checked "${NAMES[3]}" "${NAMES[7]}"`);
    expect([all.status, parsed(all.stdout).length]).toEqual([0, 2]);
    expect(run(`cowscope check --exit never "${NAMES[0]}"`).stderr).toContain("verdict or checked");
    expect(run("cowscope check --exit checked --files-from none").status).toBe(1);
    expect(run("cowscope check --files-from -").status).toBe(1);
  });

  test.each(["4/4", "1", "-1/4", "0/0", "a/b"])("--shard %s is none", (shard) => {
    const { status, stderr } = run(`cowscope check --shard=${shard} "${NAMES[0]}"`);
    expect([status, stderr.split("\n").length]).toEqual([1, 2]);
    expect(stderr).toContain("--shard takes I/N");
  });

  test.each([
    ["--max-bytes 0", "--max-bytes takes a whole number"],
    ["--max-findings -1", "--max-findings takes a whole number"],
    ["--timeout 0", "--timeout takes seconds"],
    ["--timeout 99999999", "--timeout takes seconds"],
    ["--shard 0/2 --store x", "--shard does not go with --store"],
  ])("%s is refused", (options, words) => {
    const { status, stderr } = run(`cowscope check ${options} "${NAMES[0]}"`);
    expect(status).toBe(1);
    expect(stderr).toContain(words);
  });

  test("--max-bytes: the image that is dearer has a problem, the others their report", () => {
    // 32 areas, one behind every 256 exceptions' chunks.
    const exceptions = Array.from({ length: 8000 }, (_, i) => ({
      old: BigInt(i),
      new: BigInt(2 + i + Math.floor(i / 256)),
    }));
    const long = buildStore({ chunkSectors: 8, exceptions, cowSectors: 65_536 });
    writeFileSync(at("long.img"), long);
    const args = `--json --max-bytes 100000 "${NAMES[0]}" long.img "${NAMES[1]}"`;
    const { status, stdout, stderr } = run(`cowscope check ${args}`);
    const [first, second, third] = parsed(stdout);
    expect([status, first?.verdict?.id, third?.verdict?.id]).toEqual([1, "healthy", "healthy"]);
    expect(second).toMatchObject({
      schema: "cowscope.report/1",
      image: { name: "long.img", bytes: null, sectors: null },
      problem: { code: "limit.bytes", expected: "at most 100000 bytes" },
    });
    expect(stderr).toMatch(/^cowscope: [^\n]+\n$/);
    const free = run("cowscope check --json long.img");
    expect(run("cowscope check --json --max-bytes 9000000 long.img").stdout).toBe(free.stdout);
  });

  test("--timeout ends what computes, whatever it does; the others are checked", () => {
    // 16 GiB of zeros in 256 members.
    const member = run("head -c 67108864 /dev/zero | gzip -1 | base64 -w0").stdout;
    const packed = Buffer.from(member, "base64");
    for (let i = 0; i < 256; i++) appendFileSync(at("zeros.gz"), packed);
    const args = `--json --timeout 2 zeros.gz "${NAMES[0]}"`;
    const { status, stdout } = run(`cowscope check ${args}`);
    const [first, second] = parsed(stdout);
    expect([status, first?.image.name, first?.problem?.code]).toEqual([
      1,
      "zeros.gz",
      "limit.time",
    ]);
    expect(second?.verdict?.id).toBe("healthy");
    const picked = run(`cowscope check --json --timeout 2 --store x zeros.gz`);
    expect(parsed(picked.stdout)[0]?.problem?.code).toBe("limit.time");
  });

  test("--max-findings keeps the worst, and leaves the rest of the report as it is", () => {
    // A store with fatal findings behind lesser ones.
    writeFileSync(at("bad.img"), fixtureBytes(fixture("O0204")));
    const lineOf = (options: string) =>
      JSON.parse(run(`cowscope check --json ${options} bad.img`).stdout);
    const { findings, ...rest } = lineOf("");
    const { findings: few, ...same } = lineOf("--max-findings 3");
    expect(same).toEqual(rest);
    expect(findings.length).toBeGreaterThan(3);
    expect(few.length).toBe(3);
    expect(
      findings.filter((one: object) => few.some((kept: object) => isDeepStrictEqual(one, kept))),
    ).toEqual(few);
    const RANK = ["fatal", "problem", "note"];
    const ranks = (list: { severity: string }[]) =>
      list.map(({ severity }) => RANK.indexOf(severity)).sort();
    expect(ranks(few)).toEqual(ranks(findings).slice(0, 3));
    expect(lineOf("--max-findings 0").findings).toEqual([]);
    expect(lineOf("--max-findings 99999").findings).toEqual(findings);
    // Text has its own measure.
    const text = run("cowscope check bad.img").stdout;
    expect(run("cowscope check --max-findings 0 bad.img").stdout).toBe(text);
  });
});
