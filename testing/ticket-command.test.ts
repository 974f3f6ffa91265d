import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { writeTicket } from "../src/explain/ticket/write-ticket.ts";
import type { Report } from "../src/protocol/report.ts";
import { cowscope } from "./command.ts";
import { fixture, fixtureBytes } from "./fixtures.ts";
import { buildStore } from "./store-builder.ts";

const folder = mkdtempSync(join(tmpdir(), "cowscope-ticket-"));
afterAll(() => rmSync(folder, { recursive: true }));
mkdirSync(join(folder, "customer"));

const run = (...args: string[]) => cowscope(args, { cwd: folder });
const put = (name: string, bytes: Uint8Array | string) => writeFileSync(join(folder, name), bytes);
const reportOf = (name: string): Report => JSON.parse(run("check", "--json", name).stdout);

const EVIL = "a<script>alert(1)<script>|`b`&*c*[d](e)\u202e\n# f.img";
const marked = buildStore({
  chunkSectors: 8,
  exceptions: [{ old: 3n, new: 2n }],
  data: () => new Uint8Array(4096).fill(0x5a),
});
put("good.img", marked);
put("invalid.img", fixtureBytes(fixture("overflow-snapwrite-c8")));
put("race.img", fixtureBytes(fixture("r1-exc0-on-header-c8")));
put("secret.txt", "PIN1234567890ABC and more that is nobody's business".repeat(200));
put(EVIL, marked);

/** Of HTML, as a reader of it would see it. */
const words = (html: string) =>
  html
    .replace(/<[^>]*>/g, " ")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&#39;", "'")
    .replaceAll("&amp;", "&")
    .replace(/\s+/g, " ");

describe("a ticket says what the report says", () => {
  test.each(["good.img", "invalid.img", "race.img"])("%s", (name) => {
    const report = reportOf(name);
    const { verdict, findings, kernel } = report;
    const html = words(run("check", "--format", "html", name).stdout);
    const sentences = [
      verdict.title,
      verdict.cause,
      ...verdict.steps.flatMap(({ text, commands }) => [text, ...commands]),
      ...findings.map(({ message }) => message),
      ...kernel.dmesg,
      kernel.merge.message,
    ];
    // The marks of a sentence are not seen, the spaces of a command are not told apart.
    const plain = (text: string) =>
      words(text.replaceAll("<", "&lt;").replace(/\*\*|`/g, "")).replace(/ ?([.,;:]) ?/g, "$1");
    const seen = html.replace(/ ?([.,;:]) ?/g, "$1").replace(/\s/g, "");
    for (const sentence of sentences) expect(seen).toContain(plain(sentence).replace(/\s/g, ""));
  });

  test("exit code and complaints are those of the report", () => {
    for (const format of ["json", "markdown", "html"]) {
      const { status, stderr } = run("check", "--format", format, "invalid.img", "missing.img");
      const json = run("check", "--json", "invalid.img", "missing.img");
      expect([status, stderr]).toEqual([json.status, json.stderr]);
    }
  });

  test("--format json is --json, text is what is said unasked", () => {
    expect(run("check", "--format", "json", "race.img")).toEqual(
      run("check", "--json", "race.img"),
    );
    expect(run("check", "--format=text", "race.img")).toEqual(run("check", "race.img"));
  });

  test("the page writes the same bytes", () => {
    for (const format of ["markdown", "html"] as const) {
      const { stdout } = run("check", "--format", format, "race.img");
      expect(writeTicket([reportOf("race.img")], format)).toBe(stdout);
    }
  });

  test("another format, or two, is a sentence", () => {
    expect(run("check", "--format", "pdf", "good.img").stderr).toBe(
      "cowscope check: --format takes text, json, markdown, html, not “pdf”\n",
    );
    expect(run("check", "--json", "--format", "html", "good.img").status).toBe(1);
  });
});

describe("several stores are one document", () => {
  const images = ["invalid.img", "good.img", "missing.img", "race.img"];

  test("with its contents first, in the order given", () => {
    const { stdout } = run("check", "--format", "markdown", "--jobs", "2", ...images);
    const lines = stdout.split("\n");
    const contents = lines.filter((line) => /^\d\. \[/.test(line));
    const heads = lines.filter((line) => line.startsWith("## "));
    expect(contents.map((line) => /`(.*?)`/.exec(line)?.[1])).toEqual(images);
    expect(heads.map((line) => /`(.*?)`/.exec(line)?.[1])).toEqual(images);
    expect(lines.indexOf(contents[3] ?? "")).toBeLessThan(lines.indexOf(heads[0] ?? ""));
  });

  test("every line of the contents leads to a section", () => {
    const { stdout } = run("check", "--format", "html", ...images);
    const targets = [...stdout.matchAll(/href="#(.*?)"/g)].map(([, id]) => id);
    const sections = [...stdout.matchAll(/<section id="(.*?)"/g)].map(([, id]) => id);
    expect(targets).toEqual(sections);
    expect(sections).toHaveLength(images.length);
    expect(stdout.match(/<!doctype html>/g)).toHaveLength(1);
  });

  test("an empty share of a list is no document, and no fault", () => {
    put("none.txt", "");
    const { status, stdout } = run(
      ...["check", "--format", "html", "--exit", "checked", "--files-from", "none.txt"],
    );
    expect([status, stdout]).toEqual([0, ""]);
  });
});

describe("a name is only a name", () => {
  test("in HTML", () => {
    const { stdout } = run("check", "--format", "html", EVIL, `${EVIL}.missing`);
    expect(stdout).not.toMatch(/<script|\u202e/i);
    expect(stdout).toContain(
      "a&lt;script&gt;alert(1)&lt;script&gt;|`b`&amp;*c*[d](e)\\u202e\\x0a# f.img",
    );
    expect(stdout).toContain(
      `<meta http-equiv="Content-Security-Policy" content="default-src 'none'`,
    );
  });

  test("in Markdown, where it stands as code between more backticks than it has", () => {
    const { stdout } = run("check", "--format", "markdown", EVIL);
    const [head = ""] = stdout.split("\n").filter((line) => line.startsWith("## "));
    expect(head).toContain("``a<script>alert(1)<script>|`b`&*c*[d](e)\\u202e\\x0a# f.img``:");
    expect(stdout).not.toMatch(/^# f/m);
  });

  test("in a sentence of Markdown, where each mark stands behind a backslash", () => {
    const { stdout } = run("check", "--format", "markdown", `${EVIL}.missing`);
    const why = stdout.split("\n").find((line) => line.startsWith("**Why.**"));
    expect(why).toContain(
      "a&lt;script&gt;alert(1)&lt;script&gt;\\|\\`b\\`&amp;\\*c\\*\\[d\\](e)\\\\u202e\\\\x0a# f.img",
    );
  });
});

describe("what is not in it", () => {
  test("a byte of a data chunk", () => {
    for (const format of ["markdown", "html"]) {
      expect(run("check", "--format", format, "good.img").stdout).not.toMatch(/Z{2}|5a5a/i);
    }
  });

  test("the first bytes of what is no store", () => {
    for (const format of ["markdown", "html"]) {
      const { stdout } = run("check", "--format", format, "secret.txt");
      expect(stdout).toContain("This is not a COW store");
      // “PIN1” as the number that a header would begin with.
      expect(stdout).not.toMatch(/PIN1|314e4950|827214160/i);
    }
  });

  test("a path", () => {
    put("customer/bank.img", marked);
    const paths = [join(folder, "customer/bank.img"), "customer/gone.img", join(folder, "x.img")];
    for (const format of ["markdown", "html"]) {
      const { stdout } = run("check", "--format", format, ...paths);
      expect(stdout).toContain("bank.img");
      expect(stdout).not.toContain("customer");
      expect(stdout).not.toContain(folder);
    }
  });

  test("a name, where it is made from a bundle", () => {
    expect(run("pack", "invalid.img", "--out", "t.qcow2").status).toBe(0);
    const { stdout } = run("check", "--format", "html", "t.qcow2");
    expect(stdout).toContain(reportOf("invalid.img").verdict.title);
    expect(stdout).not.toContain("invalid.img");
  });
});
