import { describe, expect, test } from "vitest";
import { sha256Of } from "../../../testing/handed-over.ts";
import { howItEnds } from "../../../testing/hostile-image.ts";
import { innerOf, openedOf, put, refusalOf, rowFile } from "../../../testing/opening.ts";
import { checksum } from "./footer.ts";
import { vhd } from "./vhd.ts";

const FOOTER = 512;
const big = (bytes: Uint8Array, at: number, value: number | bigint, length: number) =>
  put(bytes, at, value, length, false);

/** Changes a footer and puts its checksum right. */
function footerWith(bytes: Uint8Array, start: number, change: (footer: Uint8Array) => void): void {
  const footer = bytes.subarray(start, start + FOOTER);
  change(footer);
  const view = new DataView(footer.buffer, footer.byteOffset, footer.length);
  big(footer, 64, checksum(view, 64), 4);
}

/** A row's file with both of its footers changed. */
function changed(id: string, change: (footer: Uint8Array) => void) {
  const { name, bytes } = rowFile(id);
  if (id.includes("dynamic")) footerWith(bytes, 0, change);
  footerWith(bytes, bytes.length - FOOTER, change);
  return { name, bytes };
}

describe("what a VHD says of itself", () => {
  test("its checksum is the one that the writer made", () => {
    const { bytes } = rowFile("vhd-fixed");
    const view = new DataView(bytes.buffer, bytes.byteOffset + bytes.length - FOOTER, FOOTER);
    expect(checksum(view, 64)).toBe(view.getUint32(64));
  });

  test("a footer of 511 bytes, as Virtual PC wrote before 2004", async () => {
    const { name, bytes } = rowFile("vhd-fixed-force");
    const file = { name, bytes: bytes.subarray(0, -1) };
    expect(await sha256Of((await openedOf([file])).source)).toBe(innerOf("vhd-fixed-force"));
  });

  test.each([
    ["vbox", 24 << 20],
    ["vpc ", 512 * 17 * 2 * 10],
  ])("where its two sizes differ, the writer %s decides which holds", async (creator, size) => {
    const file = changed("vhd-dynamic-force", (footer) => {
      footer.set(new TextEncoder().encode(creator), 28);
      big(footer, 56, 10, 2);
      footer.set([2, 17], 58);
    });
    expect((await openedOf([file])).source.size).toBe(size);
  });

  test("without its footer, but with all blocks, it is read by the copy at its start", async () => {
    const { name, bytes } = rowFile("vhd-dynamic-force");
    const { source, problems } = await openedOf([{ name, bytes: bytes.subarray(0, -FOOTER) }]);
    expect(problems.map(({ code }) => code)).toEqual(["vhd.footer"]);
    expect(await sha256Of(source)).toBe(innerOf("vhd-dynamic-force"));
  });

  test("an overlay over another VHD is refused in words", async () => {
    const problem = await refusalOf([changed("vhd-dynamic", (footer) => big(footer, 60, 4, 4))]);
    expect(problem.message).toMatch(/an overlay over another VHD/);
  });

  test("cut off, it can be read as far as it goes", async () => {
    const file = rowFile("cut-vhd-dynamic");
    const from = Number(/byte (\d+) of the disk/.exec((await refusalOf([file])).message)?.[1]);
    const { source } = await openedOf([file], true);
    await source.read([{ offset: 0, length: from }]);
    await expect(source.read([{ offset: from, length: 1 }])).rejects.toMatchObject({
      kind: "hole",
    });
  });

  test("a fixed one that is too short is refused; what is missing is a hole", async () => {
    const file = rowFile("vhd-fixed");
    const cut = Buffer.concat([file.bytes.subarray(0, 1 << 20), file.bytes.subarray(-FOOTER)]);
    const files = [{ name: file.name, bytes: new Uint8Array(cut) }];
    expect((await refusalOf(files)).message).toMatch(/cut off.*byte 1048576 of the disk/);
    const { source } = await openedOf(files, true);
    await expect(source.read([{ offset: 1 << 20, length: 1 }])).rejects.toMatchObject({
      kind: "hole",
    });
  });
});

describe("a VHD made to hurt", () => {
  test.each<[string, (footer: Uint8Array) => void, string]>([
    ["a disk of 2^63 bytes", (f) => big(f, 48, 1n << 63n, 8), "refused: vhd.header"],
    ["a disk of 2^52 bytes", (f) => big(f, 48, 1n << 52n, 8), "refused: vhd.header"],
    ["a header behind the end", (f) => big(f, 16, 1n << 60n, 8), "refused: vhd.header"],
    ["a header that is the footer", (f) => big(f, 16, 0n, 8), "refused: vhd.header"],
    ["a type nobody knows", (f) => big(f, 60, 99, 4), "refused: vhd.type"],
  ])("%s", async (_, change, end) => {
    const file = changed("vhd-dynamic-force", (footer) => {
      footer.set(new TextEncoder().encode("win "), 28);
      change(footer);
    });
    expect(await howItEnds(vhd, [file])).toBe(end);
  });

  test.each<[string, number, number | bigint, number, string]>([
    ["a table behind the end", 16, 1n << 52n, 8, "refused: vhd.cut"],
    ["a table of no block", 28, 0, 4, "refused: vhd.header"],
    ["blocks of no byte", 32, 0, 4, "refused: vhd.header"],
    ["blocks of one sector", 32, 512, 4, "refused: vhd.header"],
    ["blocks of 4 GiB", 32, 0xfffffe00, 4, "refused: vhd.header"],
    ["a table that is the header", 16, 512n, 8, "hole"],
  ])("%s", async (_, at, value, length, end) => {
    const file = rowFile("vhd-dynamic-force");
    big(file.bytes, FOOTER + at, value, length);
    expect(await howItEnds(vhd, [file])).toBe(end);
  });
});
