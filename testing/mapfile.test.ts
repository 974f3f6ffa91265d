import { describe, expect, test } from "vitest";
import { type MapBlock, mapfileText, parseMapfile } from "../src/protocol/mapfile.ts";
import { SourceError } from "../src/source/block-source.ts";
import { BytesSource } from "../src/source/bytes-source.ts";
import { RescuedSource } from "../src/source/rescued-source.ts";
import { seededRng } from "./random.ts";

/** The example of the manual, “Mapfile structure”. */
const MANUAL = `# Mapfile. Created by GNU ddrescue version 1.29
# Command line: ddrescue -d -c18 /dev/fd0 fdimage mapfile
# Start time:   2015-07-21 09:37:44
# Current time: 2015-07-21 09:38:19
# Copying non-tried blocks... Pass 1 (forwards)
# current_pos  current_status  current_pass
0x00120000     ?               1
#      pos        size  status
0x00000000  0x00117000  +
0x00117000  0x00000200  -
0x00117200  0x00001000  /
0x00118200  0x00007E00  *
0x00120000  0x00048000  ?
`;

describe("what ddrescue writes is read", () => {
  test("the manual's example", () => {
    expect(parseMapfile(MANUAL)).toEqual([
      { offset: 0n, length: 0x117000n, status: "+" },
      { offset: 0x117000n, length: 0x200n, status: "-" },
      { offset: 0x117200n, length: 0x1000n, status: "/" },
      { offset: 0x118200n, length: 0x7e00n, status: "*" },
      { offset: 0x120000n, length: 0x48000n, status: "?" },
    ]);
  });

  test("decimal and octal numbers, a status line without a pass, comments behind, no last line break", () => {
    expect(parseMapfile("010 +  # done\n0 010 + # first\n8 8 -")).toEqual([
      { offset: 0n, length: 8n, status: "+" },
      { offset: 8n, length: 8n, status: "-" },
    ]);
  });

  test.each([
    ["", 1, "no status line"],
    ["# only a comment\n", 1, "no status line"],
    ["0x0 0x10 +\n", 1, "no status line of ddrescue"],
    ["0 ? 1\n0 16 +\n32 16 +\n", 3, "does not begin where"],
    ["0 ? 1\n0 16 +\n8 16 +\n", 3, "does not begin where"],
    ["0 ? 1\n0 0 +\n", 2, "no block"],
    ["0 ? 1\n0 -5 +\n", 2, "no block"],
    ["0 ? 1\n0 16 x\n", 2, "no block"],
    ["0 ? 1\n0x8000000000000000 16 +\n", 2, "no block"],
    ["0 ? 1\n0 16 + more\n", 2, "no block"],
    ["SnAp\u0000\u0001", 1, "no status line"],
  ])("%j is wrong in line %i", (text, line, why) => {
    const wrong = parseMapfile(text);
    expect(wrong).toEqual({ line, why: expect.stringContaining(why) });
  });

  test("what is written is read again, whatever is there", () => {
    const rng = seededRng(20261124);
    for (let run = 0; run < 200; run++) {
      const there: { offset: bigint; length: bigint }[] = [];
      const inIt = new Set<number>();
      let at = rng.between(0, 3);
      for (let i = 0; i < 5; i++) {
        const length = rng.between(1, 4);
        there.push({ offset: BigInt(at), length: BigInt(length) });
        for (let byte = at; byte < at + length; byte++) inIt.add(byte);
        at += length + rng.between(0, 3);
      }
      const size = at + rng.between(0, 2);
      const blocks = parseMapfile([...mapfileText(there, BigInt(size), ["a # b"])].join(""));
      if (!Array.isArray(blocks)) throw new Error(blocks.why);
      expect(blocks.reduce((sum, { length }) => sum + length, 0n)).toBe(BigInt(size));
      for (const { offset, length, status } of blocks) {
        for (let byte = Number(offset); byte < Number(offset + length); byte++) {
          expect(status).toBe(inIt.has(byte) ? "+" : "?");
        }
      }
    }
  });
});

describe("a copy with its mapfile", () => {
  const bytes = Uint8Array.from({ length: 64 }, (_, at) => at + 1);
  const of = (...blocks: [number, number, MapBlock["status"]][]) =>
    new RescuedSource(
      new BytesSource(bytes),
      blocks.map(([offset, length, status]) => ({
        offset: BigInt(offset),
        length: BigInt(length),
        status,
      })),
    );

  test("gives what was rescued, and never anything for what was not", async () => {
    const source = of([0, 16, "+"], [16, 16, "-"], [32, 16, "+"], [48, 32, "?"]);
    expect(source.size).toBe(80);
    for (let offset = 0; offset < 80; offset++) {
      for (const length of [1, 7, 20]) {
        if (offset + length > 80) continue;
        const whole = [offset, offset + length - 1].every((at) => at < 48 && at >> 4 !== 1);
        const isWhole = whole && Math.floor(offset / 16) === Math.floor((offset + length - 1) / 16);
        const read = source.read([{ offset, length }]);
        if (isWhole) expect(await read).toEqual(bytes.slice(offset, offset + length));
        else await expect(read).rejects.toMatchObject({ kind: "hole" });
      }
    }
  });

  test("says of each hole what ddrescue says", async () => {
    const source = of([0, 16, "*"], [16, 16, "/"], [32, 16, "-"], [48, 16, "?"]);
    const why = await Promise.all(
      [0, 16, 32, 48].map((offset) =>
        source.read([{ offset, length: 1 }]).catch((error: Error) => error.message),
      ),
    );
    expect(new Set(why).size).toBe(4);
  });

  test("what the mapfile does not speak of is not there", async () => {
    const source = of([16, 16, "+"]);
    await expect(source.read([{ offset: 0, length: 16 }])).rejects.toBeInstanceOf(SourceError);
    await expect(source.read([{ offset: 32, length: 1 }])).rejects.toBeInstanceOf(SourceError);
    expect(await source.read([{ offset: 16, length: 2 }])).toEqual(bytes.slice(16, 18));
  });

  test("a mapfile that calls more rescued than there is belongs to another image", () => {
    expect(() => of([0, 65, "+"])).toThrow(SourceError);
  });
});
