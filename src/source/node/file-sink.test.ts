import {
  closeSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { seededRng } from "../../../testing/random.ts";
import { type BlockSource, SourceError } from "../block-source.ts";
import { BytesSource } from "../bytes-source.ts";
import { copyTo } from "../sink/copy.ts";
import { SinkError } from "../sink/sink.ts";
import { FileSink } from "./file-sink.ts";

const folder = mkdtempSync(join(tmpdir(), "cowscope-sink-"));
afterAll(() => rmSync(folder, { recursive: true }));
const path = (name: string) => join(folder, name);

test("what was written is what lies there, in pieces of any length, zeros among them", () => {
  for (let seed = 1; seed <= 40; seed++) {
    const rng = seededRng(seed);
    const sink = FileSink.open(path("out"), []);
    const parts: Uint8Array<ArrayBuffer>[] = [];
    for (let i = rng.below(12); i >= 0; i--) {
      const part = new Uint8Array(rng.pick([1, 511, 4096, 4097, 20_000]));
      if (rng.chance(0.5)) part[rng.below(part.length)] = 1 + rng.below(255);
      parts.push(part);
      sink.write(part);
    }
    sink.finish();
    expect(readFileSync(path("out")).equals(Buffer.concat(parts)), `seed ${seed}`).toBe(true);
  }
});

test("zeros are left out as holes, also at the end", () => {
  const sink = FileSink.open(path("sparse"), []);
  sink.write(new Uint8Array(8 << 20));
  sink.write(Uint8Array.of(1));
  sink.write(new Uint8Array(8 << 20));
  sink.finish();
  const { size, blocks } = statSync(path("sparse"));
  expect(size).toBe((16 << 20) + 1);
  expect(blocks * 512).toBeLessThan(1 << 20);
});

describe("an input is never written to", () => {
  const input = path("input.img");
  writeFileSync(input, "precious");
  symlinkSync(input, path("soft"));
  linkSync(input, path("hard"));
  mkdirSync(path("sub"));
  symlinkSync(folder, path("sub/up"));
  const descriptor = openSync(input, "r");
  afterAll(() => closeSync(descriptor));

  test.each([
    ["by its own name", input],
    ["through a symbolic link", path("soft")],
    ["through a hard link", path("hard")],
    ["through a linked folder", path("sub/up/input.img")],
    ["through /proc/self/fd", `/proc/self/fd/${descriptor}`],
  ])("%s", (_, out) => {
    for (const name of [input, path("soft"), path("hard"), `/proc/self/fd/${descriptor}`]) {
      expect(() => FileSink.open(out, [path("none"), name])).toThrow(SinkError);
      expect(readFileSync(input, "utf8")).toBe("precious");
    }
  });

  test("nor is a device, a folder or a pipe", () => {
    for (const out of [folder, "/dev/null", "/dev/full"]) {
      expect(() => FileSink.open(out, []), out).toThrow(SinkError);
    }
  });
});

describe("a file has its name only once it is whole", () => {
  test("until then .part stands behind it", () => {
    const sink = FileSink.open(path("snap.img"), []);
    sink.write(Uint8Array.of(1, 2));
    expect(existsSync(path("snap.img"))).toBe(false);
    expect([...readFileSync(path("snap.img.part"))]).toEqual([1, 2]);
    sink.finish();
    expect(existsSync(path("snap.img.part"))).toBe(false);
    expect([...readFileSync(path("snap.img"))]).toEqual([1, 2]);
  });

  test("what an earlier run left unfinished is written anew", () => {
    writeFileSync(path("again.img.part"), "longer than what comes");
    const sink = FileSink.open(path("again.img"), []);
    sink.write(Uint8Array.of(3));
    sink.finish();
    expect([...readFileSync(path("again.img"))]).toEqual([3]);
  });

  test("a file that is replaced keeps its mode, and a link to it stays a link", () => {
    writeFileSync(path("private.img"), "old", { mode: 0o600 });
    symlinkSync(path("private.img"), path("link.img"));
    const sink = FileSink.open(path("link.img"), []);
    sink.write(Uint8Array.of(4));
    sink.finish();
    expect([...readFileSync(path("private.img"))]).toEqual([4]);
    expect(statSync(path("private.img")).mode & 0o777).toBe(0o600);
    expect(lstatSync(path("link.img")).isSymbolicLink()).toBe(true);
  });

  test("an image that is called so is not written to", () => {
    writeFileSync(path("mine.img.part"), "precious");
    expect(() => FileSink.open(path("mine.img"), [path("mine.img.part")])).toThrow(SinkError);
    expect(readFileSync(path("mine.img.part"), "utf8")).toBe("precious");
  });
});

describe("what fails leaves nothing behind", () => {
  const failing: BlockSource = {
    size: 16 << 20,
    counters: { bytes: 0, calls: 0 },
    read: async ([range]) => {
      if (range && range.offset > 0) throw new SourceError("unreadable", range.offset, "EIO");
      return new Uint8Array(range?.length ?? 0).fill(7);
    },
  };

  test("a copy whose source cannot be read to its end", async () => {
    const copying = copyTo(failing, FileSink.open(path("partial"), []));
    await expect(copying).rejects.toThrow("EIO");
    expect(existsSync(path("partial"))).toBe(false);
    expect(existsSync(path("partial.part"))).toBe(false);
  });

  test("and what was there before stays as it was", async () => {
    writeFileSync(path("older"), "older");
    await expect(copyTo(failing, FileSink.open(path("older"), []))).rejects.toThrow("EIO");
    expect(readFileSync(path("older"), "utf8")).toBe("older");
  });

  test("but a file that took the name meanwhile stays", () => {
    const sink = FileSink.open(path("renamed"), []);
    sink.write(Uint8Array.of(1));
    rmSync(path("renamed.part"));
    writeFileSync(path("renamed.part"), "another");
    sink.abandon();
    expect(readFileSync(path("renamed.part"), "utf8")).toBe("another");
  });

  test("a whole copy is byte for byte", async () => {
    const bytes = Uint8Array.from({ length: 70_000 }, (_, i) => i % 251);
    await copyTo(new BytesSource(bytes), FileSink.open(path("whole"), []));
    expect(readFileSync(path("whole")).equals(bytes)).toBe(true);
  });
});
