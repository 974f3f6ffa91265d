import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { COPY, REMOVE, WAY_OUT } from "../src/explain/verdict/advice.ts";
import { withNames } from "../src/explain/verdict/subject.ts";
import { cowscope } from "./command.ts";
import { diskFolder, diskRow } from "./disk-rows.ts";

const LIVE = new URL("../fixtures/disks/names/live/", import.meta.url);
const [disk = ""] = diskFolder(diskRow("names"));
afterAll(() => rmSync(dirname(disk), { recursive: true }));

const run = (...args: string[]) => cowscope(args);
const NAME = "my-vg/s-1.x_y+z";
/** As the kernel had it: `dmsetup table` of the machine that made the disk. */
const mapped = readFileSync(new URL("dmsetup-table.txt", LIVE), "utf8");

describe("advice about a store found in a volume group", () => {
  test("names that group and that volume", () => {
    const found = JSON.parse(run("find", "--json", disk).stdout);
    const { extents } = found.stores.find(({ name }: { name: string }) => name === NAME);
    const bytes = readFileSync(disk);
    // Another magic: refused, and so every step of the way out is printed.
    bytes.write("oops", Number(extents[0].offset));
    writeFileSync(disk, bytes);
    const { status, stdout } = run("check", "--json", disk, "--store", NAME);
    expect(status).toBe(2);
    const { verdict } = JSON.parse(stdout);
    const commands: string[] = verdict.steps.flatMap(
      (step: { commands: string[] }) => step.commands,
    );
    expect(commands.join("\n")).not.toMatch(/VG/);
    expect(commands[0]).toMatch(/^lvs .* my-vg\/s-1\.x_y\+z$/);
    expect(commands.at(-1)).toBe(`# lvremove ${NAME}`);
    expect(verdict.action).toContain(`# lvremove ${NAME}`);
  });

  test("finds the COW device by the name that device-mapper gives it", () => {
    const [copy] = withNames([COPY], { vg: "my-vg", lv: "s-1.x_y+z", origin: null });
    const device = /if=\/dev\/mapper\/(\S+)/.exec(copy?.commands[0] ?? "")?.[1];
    expect(device).toBe("my--vg-s--1.x_y+z-cow");
    expect(mapped).toContain(`${device}: `);
  });

  test("quotes what a shell would read otherwise, and keeps to placeholders for what looks like an option", () => {
    const steps = [COPY, REMOVE, ...WAY_OUT];
    const odd = withNames(steps, { vg: "v g", lv: "$(id)\n", origin: null }).flatMap(
      ({ commands }) => commands,
    );
    expect(odd.join(" ")).toContain("# lvremove $'v g/$(id)\\x0a'");
    expect(odd.every((command) => !command.includes("\n"))).toBe(true);
    expect(withNames(steps, { vg: "-rf", lv: "x", origin: null })).toEqual(steps);
    expect(withNames(steps, null)).toEqual(steps);
  });
});
