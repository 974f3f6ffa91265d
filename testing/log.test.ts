import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { LogReader } from "../src/explain/log/read-log.ts";
import type { LogReport } from "../src/protocol/log.ts";
import { cowscope } from "./command.ts";
import { FIXTURES, fixtureBytes } from "./fixtures.ts";
import { bootedRows, oldRows } from "./kernel-rows.ts";

function read(...lines: string[]): LogReport {
  const reader = new LogReader();
  reader.begin("log");
  for (const line of lines) reader.take(line);
  return reader.report();
}

const logFile = (name: string): string[] =>
  readFileSync(new URL(`../fixtures/logs/${name}`, import.meta.url), "utf8").split("\n");

/** Lines that no kernel but the lab's own prints: an instrumented module, and the lab's program. */
const LAB = /^lab: /;

describe("every message of real kernels", () => {
  const dmesgs = [
    ...FIXTURES.flatMap(({ verdicts }) => verdicts.map(({ dmesg }) => dmesg)),
    ...bootedRows().map(({ dmesg }) => dmesg),
    ...oldRows().map(({ messages, bug }) => (bug === null ? messages : [...messages, bug])),
  ];

  test("is recognised, and points to a finding or says what to read", () => {
    const texts = new Set(dmesgs.flat().filter((line) => !LAB.test(line)));
    expect(texts.size).toBeGreaterThan(60);
    const unknown: string[] = [];
    for (const text of texts) {
      // What others print, too, counts beside a message of the driver's.
      const { messages } = read("device-mapper: snapshots: Snapshot is marked invalid.", text);
      const found = messages.find((message) => message.text === text);
      if (!found && !text.startsWith("oops: ")) unknown.push(text);
      else if (found) expect(found.means.length + found.next.length).toBeGreaterThan(20);
    }
    expect(unknown).toEqual([]);
  });

  test("as a whole: no activation that failed or was given up is passed over", () => {
    for (const lines of dmesgs) {
      const { messages } = read(...lines);
      const spoken = lines.filter((line) => !LAB.test(line) && line.startsWith("device-mapper: "));
      if (spoken.length > 0) expect(messages.length).toBeGreaterThan(0);
    }
  });
});

describe("what lines look like", () => {
  const message = "device-mapper: persistent snapshot: Invalid or corrupt snapshot";
  test.each([
    ["dmesg", `[    5.778794] ${message}`],
    ["dmesg -T", `[Tue Nov 24 11:14:49 2026] ${message}`],
    ["dmesg with a thread", `[    5.778794][  T123] ${message}`],
    ["a serial console", `<3>[    5.778794] ${message}\r`],
    ["journalctl", `Nov 24 11:14:49 host.example kernel: ${message}`],
    ["journalctl -o short-iso", `2026-11-24T11:14:49+0000 host kernel: ${message}`],
    ["syslog with the kernel's time", `Nov  4 11:14:49 host kernel: [    5.778794] ${message}`],
    ["rsyslog", `2026-11-24T11:14:49.123456+00:00 host kernel: [    5.778794] ${message}`],
    ["a terminal's colours", `\u001b[32m[    5.778794]\u001b[0m ${message}`],
    ["nothing but the message", message],
  ])("%s", (_, line) => {
    expect(read(line).messages).toMatchObject([{ id: "activation.magic", text: message }]);
  });

  test("a message that stands there often is told once, with where and how often", () => {
    const { messages } = read(`[1.0] ${message}`, "", `[2.0] ${message}`);
    expect(messages).toMatchObject([
      { count: 2, first: { log: 0, line: 1 }, last: { log: 0, line: 3 } },
    ]);
  });
});

describe("crashes", () => {
  test("the BUG of a run that overflows, as 6.1 printed it", () => {
    const { messages, kernels } = read(...logFile("bug-consecutive-overflow.txt"));
    expect(kernels).toEqual(["6.1.0-56-amd64"]);
    expect(messages).toMatchObject([
      { id: "oops.run-overflow", text: "kernel BUG at drivers/md/dm-exception-store.h:156!" },
    ]);
    expect(messages[0]?.findings).toContain("exception.new.run-overflow");
  });

  test("buffers freed twice, as 6.1 printed it", () => {
    const { messages } = read(...logFile("double-vfree.txt"));
    expect(messages.map(({ id }) => id)).toContain("oops.double-vfree");
    expect(messages.flatMap(({ findings }) => findings)).toContain("header.chunk-size.memory");
  });

  const bug = "kernel BUG at mm/mempool.c:121!";
  test("a mempool's BUG is the driver's by its frames, or where no frame is left to see", () => {
    const frames = [
      "Call Trace:",
      " [<ffffffff880f4a5b>] :dm_mod:dm_io_client_resize+0x2f/0x58",
      " [<ffffffff8814d7a1>] :dm_snapshot:persistent_read_metadata+0x8a/0x4d1",
      "---[ end trace 0000000000000000 ]---",
    ];
    expect(read(bug, ...frames).messages).toMatchObject([{ id: "oops.chunk-size", text: bug }]);
    expect(read(bug).messages).toMatchObject([{ id: "oops.chunk-size" }]);
    const others = [" [<ffffffff8814d7a1>] mempool_resize+0x8a/0x4d1", " scsi_probe+0x1/0x2", ""];
    expect(read(bug, ...others, "---[ end trace 0 ]---").messages).toEqual([]);
  });
});

describe("nothing is seen that is not there", () => {
  test("the boot of a machine without snapshots, which ends in a panic with frames", () => {
    const lines = logFile("unrelated-boot.txt");
    expect(lines.length).toBeGreaterThan(150);
    const { messages, kernels } = read(...lines);
    expect(messages).toEqual([]);
    expect(kernels).toHaveLength(1);
  });

  test("what others print, too, counts near a message of the driver's alone", () => {
    const beyond = ["attempt to access beyond end of device", "sdb: rw=0, want=16, limit=8"];
    expect(read(...beyond).messages).toEqual([]);
    const far = Array.from({ length: 60 }, () => "usb 1-1: new device");
    const own = "device-mapper: snapshots: Snapshot is marked invalid.";
    expect(read(...beyond, ...far, own).messages.map(({ id }) => id)).toEqual([
      "activation.invalid",
    ]);
    expect(read(...beyond, own).messages.map(({ id }) => id)).toEqual([
      "block.beyond-end",
      "block.beyond-end.where",
      "activation.invalid",
    ]);
  });

  test("a hundred thousand distinct messages: some are listed, the rest is counted", () => {
    const reader = new LogReader();
    reader.begin("log");
    for (let at = 0; at < 100_000; at++) {
      reader.take(`device-mapper: snapshots: unable to handle snapshot disk version ${at + 2}`);
    }
    const { messages, unlisted } = reader.report();
    expect([messages.length, unlisted]).toEqual([1000, 99_000]);
  });
});

describe("the command", () => {
  const folder = mkdtempSync(join(tmpdir(), "cowscope-log-"));
  const run = (args: string[], input = "") => cowscope(["log", ...args], { input });

  test("stdin, several files, exit codes", () => {
    const note =
      "device-mapper: snapshots: chunk size 8 in device metadata overrides table chunk size of 16.";
    expect(run([], `${note}\n`)).toMatchObject({ status: 3, stderr: "" });
    expect(run(["-"], "nothing\n")).toMatchObject({ status: 0 });
    const file = join(folder, "a\u001b[31m.log");
    writeFileSync(file, `x\n${note}`);
    const { stdout: text, status } = run([
      "--json",
      "--",
      file,
      "fixtures/logs/bug-consecutive-overflow.txt",
    ]);
    const report: LogReport = JSON.parse(text);
    expect([status, report.schema, report.logs.length]).toEqual([2, "cowscope.log/1", 2]);
    expect(report.messages[0]).toMatchObject({ first: { log: 0, line: 2 }, borneOut: null });
    expect(run([join(folder, "none")])).toMatchObject({ status: 1, stdout: "" });
    expect(run([file]).stdout).not.toContain("\u001b");
  });

  test("a gigabyte without a line break is not held in memory", () => {
    const script = `head -c 300000000 /dev/zero | node --max-old-space-size=64 bin/cowscope.js log`;
    expect(execFileSync("sh", ["-c", script]).toString()).toContain("no message");
  });

  test("held to a store: what it bears out and what it does not", () => {
    const image = join(folder, "cow.img");
    const row = FIXTURES.find(({ verdicts }) =>
      verdicts.some(({ dmesg }) => dmesg.some((line) => line.includes("unable to handle"))),
    );
    if (!row) throw new Error("no such row");
    writeFileSync(image, fixtureBytes(row));
    const lines = row.verdicts.flatMap(({ dmesg }) => dmesg).join("\n");
    const other = "device-mapper: persistent snapshot: unable to handle snapshot disk version 77";
    const { stdout: text } = run(
      ["--json", "--image", image],
      `Linux version 6.1.0-56-amd64 (x)\n${lines}\n${other}`,
    );
    const report: LogReport = JSON.parse(text);
    const judged = report.messages.filter(({ id }) => id === "activation.version");
    expect(judged.map(({ borneOut }) => borneOut)).toEqual(["confirmed", "refuted"]);
  });
});
