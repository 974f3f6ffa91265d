import { mkdtempSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { checkToTheEnd } from "../src/engine/check/check.ts";
import { makeCore } from "../src/engine/core.ts";
import { BadDump } from "../src/engine/dump/dump-item.ts";
import { dumpStore } from "../src/engine/dump/dump-store.ts";
import { readDump } from "../src/engine/dump/read-dump.ts";
import { StoreRestorer } from "../src/engine/dump/restore-store.ts";
import { dumpJson } from "../src/engine/dump/write-json.ts";
import { dumpXml } from "../src/engine/dump/write-xml.ts";
import { DEFAULT_OPTIONS } from "../src/protocol/check.ts";
import { BytesSource } from "../src/source/bytes-source.ts";
import type { Sink } from "../src/source/sink/sink.ts";
import { loadCore } from "./check-bytes.ts";
import { cowscope } from "./command.ts";
import { FIXTURES, fixture, fixtureBytes } from "./fixtures.ts";

const compiled = await loadCore();

/** Gathers the bytes; one that skips leaves zeros. */
class Memory implements Sink {
  bytes = new Uint8Array(0);
  private readonly parts: Uint8Array[] = [];

  write(bytes: Uint8Array): void {
    this.parts.push(bytes);
  }
  skip(length: number): void {
    this.write(new Uint8Array(length));
  }
  finish(): void {
    this.bytes = new Uint8Array(Buffer.concat(this.parts));
  }
  abandon(): void {}
}

async function check(bytes: Uint8Array<ArrayBuffer>, tableChunk: number | null) {
  const source = new BytesSource(bytes);
  const options = { ...DEFAULT_OPTIONS, tableChunk };
  return { ...(await checkToTheEnd(compiled, source, options, true)), source };
}

type Checked = Awaited<ReturnType<typeof check>>;

async function dump({ core, source, facts }: Checked, format: "xml" | "json"): Promise<string> {
  const write = format === "xml" ? dumpXml : dumpJson;
  let text = "";
  for await (const piece of write(dumpStore(core, source, facts))) text += piece;
  return text;
}

async function restore(text: string, step = 50_000): Promise<Uint8Array<ArrayBuffer>> {
  const sink = new Memory();
  const restorer = new StoreRestorer(await makeCore(compiled), sink);
  async function* pieces() {
    for (let at = 0; at < text.length; at += step) yield text.slice(at, at + step);
  }
  for await (const item of readDump(pieces())) await restorer.take(item);
  await restorer.finish();
  sink.finish();
  return sink.bytes;
}

const same = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0;

/** Where header and areas lie, in bytes: counted here, not asked of the core. */
function metadata({ facts }: Checked): [from: number, until: number][] {
  const chunk = facts.chunkSize * 512;
  const areas = Array.from({ length: facts.areasRead }, (_, area): [number, number] => {
    const at = (1 + area * (chunk / 16 + 1)) * chunk;
    return [at, at + chunk];
  });
  return [[0, Math.min(chunk, Number(facts.bytes))], ...areas];
}

describe("dump and restore", () => {
  test("of every store: header and areas come back byte for byte, in both forms", async () => {
    let stores = 0;
    for (const row of FIXTURES) {
      const bytes = new Uint8Array(fixtureBytes(row));
      const checked = await check(bytes, null);
      if (checked.facts.looksLike !== null || checked.facts.header === null) continue;
      stores += 1;
      const xml = await dump(checked, "xml");
      const restored = await restore(xml);
      expect(restored.length, row.id).toBe(bytes.length);
      for (const [from, until] of metadata(checked)) {
        expect(same(restored.subarray(from, until), bytes.subarray(from, until)), row.id).toBe(
          true,
        );
      }
      const json = await dump(checked, "json");
      expect(JSON.parse(json).schema).toBe("cowscope.dump/1");
      expect(same(await restore(json), restored), row.id).toBe(true);
      // The same question asked of it gives the same text, whatever its data chunks hold.
      const again = await check(restored, checked.facts.activation.tableChunk);
      if (again.facts.chunkSize === checked.facts.chunkSize) {
        expect(await dump(again, "xml"), row.id).toBe(xml);
        expect(await dump(again, "json"), row.id).toBe(json);
      } else expect(checked.facts.chunkSizeFrom, row.id).toBe("inferred");
    }
    expect(stores).toBeGreaterThan(400);
  }, 600_000);

  test("no byte of a data chunk is in it", async () => {
    const row = fixture("area255-c8");
    const bytes = new Uint8Array(fixtureBytes(row));
    const clean = await dump(await check(bytes, null), "xml");
    const checked = await check(bytes, null);
    const areas = metadata(checked);
    for (let chunk = 0; chunk < bytes.length / 4096; chunk++) {
      if (areas.some(([from]) => from === chunk * 4096)) continue;
      bytes.set(new TextEncoder().encode("secret"), chunk * 4096);
    }
    expect(await dump(await check(bytes, null), "xml")).toBe(clean);
  });
});

describe("what is no dump", () => {
  const store = (inside: string, attributes = 'bytes="65536" chunk_size="8"') =>
    `<store schema="cowscope.dump/1" ${attributes}><header magic="1" valid="1" version="1" chunk_size="8"/>${inside}</store>`;
  test.each([
    ["", "there is nothing in it"],
    ["hello", "neither XML nor JSON"],
    ["{}", "schema"],
    ["{", "JSON"],
    ["<a/>", "<a> where none should be"],
    ["<store>", "unclosed tag"],
    ['<store schema="x"><header/></store>', "its schema is x"],
    [store("", 'bytes="-1" chunk_size="8"'), "bytes of <store>"],
    [store("", 'bytes="8" chunk_size="8"'), "no room for a header"],
    [store("", 'bytes="65536" chunk_size="0"'), "no store has chunks of 0 sectors"],
    [store("", 'bytes="65536" chunk_size="4194304"'), "no store has chunks of 4194304"],
    [store('<area index="0" chunk="2"/>'), "begins at chunk 1, not 2"],
    [store('<area index="1" chunk="258"/>'), "past the device's end"],
    [store('<area index="0" chunk="1"/><area index="0" chunk="1"/>'), "comes after area 0"],
    [store('<exception old_chunk="1" new_chunk="2"/>'), "<exception> where none"],
    [
      store(
        '<area index="0" chunk="1"><exception old_chunk="18446744073709551616" new_chunk="2"/></area>',
      ),
      "below 2^64",
    ],
    [
      store(
        '<area index="0" chunk="1"><exceptions old_chunk="1" new_chunk="2" length="257"/></area>',
      ),
      "do not fit",
    ],
    [store('<slack offset="8" hex="00"/>'), "lies where no slack can"],
    [store('<slack offset="4096" hex="00"/>'), "lies where no slack can"],
    [store('<slack offset="16" hex="0g"/>'), "not in hex"],
    [
      store(
        '<area index="0" chunk="1"><slack offset="4112" hex="00"/><exception old_chunk="1" new_chunk="2"/></area>',
      ),
      "behind slack",
    ],
    ['<!DOCTYPE a [<!ENTITY b "c">]><store>&b;</store>', "undefined entity"],
  ])("%s", async (text, why) => {
    const wrong = await restore(text, 7).then(
      () => null,
      (error: unknown) => error,
    );
    expect(wrong).toBeInstanceOf(BadDump);
    expect(String(wrong)).toContain(why);
  });

  test("an area as large as a store of a tebibyte is refused before anything is made of it", async () => {
    const text = store(
      '<area index="4000000000" chunk="1028000000001"/>',
      'bytes="1099511627776" chunk_size="8"',
    );
    await expect(restore(text)).rejects.toThrow("past the device's end");
  });
});

describe("the commands", () => {
  const folder = mkdtempSync(join(tmpdir(), "cowscope-dump-"));
  const run = (args: string[], input = "") => cowscope(args, { input });

  test("dump, restore, dump again; a store of a tebibyte is restored as a hole", () => {
    const image = join(folder, "cow.img");
    writeFileSync(image, fixtureBytes(fixture("area255-c8")));
    const { stdout: text, status } = run(["dump", image]);
    expect([status, text.startsWith("<?xml")]).toEqual([0, true]);
    const out = join(folder, "out.img");
    expect(run(["restore", "-", "--out", out], text)).toMatchObject({ status: 0, stderr: "" });
    expect(run(["dump", out]).stdout).toBe(text);
    const large = text.replace(/bytes="\d+"/, 'bytes="1099511627776"');
    expect(run(["restore", "-", "--out", out], large)).toMatchObject({ status: 0 });
    const { size, blocks } = statSync(out);
    expect([size, blocks < 1000]).toEqual([2 ** 40, true]);
  });

  test("a dump that is none leaves no file; nothing is written onto an input", () => {
    const bad = join(folder, "bad.xml");
    writeFileSync(bad, "<store/>");
    const out = join(folder, "none.img");
    expect(run(["restore", bad, "--out", out])).toMatchObject({ status: 1 });
    expect(statSync(out, { throwIfNoEntry: false })).toBeUndefined();
    expect(run(["restore", bad, "--out", bad]).stderr).toContain("that is read");
    expect(readFileSync(bad, "utf8")).toBe("<store/>");
    expect(run(["restore", join(folder, "missing"), "--out", out])).toMatchObject({ status: 1 });
    expect(run(["dump", bad])).toMatchObject({ status: 1, stdout: "" });
  });
});
