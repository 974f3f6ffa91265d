import { deepStrictEqual, ok, strictEqual } from "node:assert";
import { makeCore } from "../../../src/engine/core.ts";
import { dumpStore } from "../../../src/engine/dump/dump-store.ts";
import { readDump } from "../../../src/engine/dump/read-dump.ts";
import { StoreRestorer } from "../../../src/engine/dump/restore-store.ts";
import { dumpJson } from "../../../src/engine/dump/write-json.ts";
import { dumpXml } from "../../../src/engine/dump/write-xml.ts";
import { makeReport } from "../../../src/explain/report/report.ts";
import type { StoreFacts } from "../../../src/protocol/facts.ts";
import { chunkBytes as bytesOf } from "../../disk.ts";
import type { Rng } from "../../random.ts";
import { hostileStore } from "../hostile-store.ts";
import { MemorySink } from "../memory-sink.ts";
import { anyOptions, bounded, checked, core } from "../stores.ts";
import type { FuzzTarget } from "../target.ts";

/** Whatever can be dumped comes back: header and areas byte for byte, in both forms. */
export const dump: FuzzTarget = { name: "dump", run };

async function run(rng: Rng): Promise<string> {
  const bytes = hostileStore(rng);
  const source = bounded(bytes, rng);
  const { facts, core: rows } = await checked(source, anyOptions(rng));
  const { verdict, header } = makeReport("bytes", facts);
  if (verdict.id === "not-a-store" || header === null) return "no store";
  const write = rng.pick([dumpXml, dumpJson]);
  let text = "";
  for await (const piece of write(dumpStore(rows, source, facts))) text += piece;
  source.assertWellRead();
  const sink = new MemorySink(bytes.length);
  const restorer = new StoreRestorer(await makeCore(core), sink);
  for await (const item of readDump(pieces(text, rng.between(1, 5000)))) await restorer.take(item);
  await restorer.finish();
  const restored = sink.bytes();
  strictEqual(restored.length, bytes.length);
  for (const [from, until] of metadata(facts)) {
    const [was, is] = [bytes.subarray(from, until), restored.subarray(from, until)];
    ok(Buffer.compare(was, is) === 0, `bytes ${from} to ${until}`);
  }
  // Where the header is wrong, the chunk size may have been told by data, which a dump leaves out.
  const { outcome } = facts.activation;
  const told = outcome === "read-areas" && facts.header?.chunkSize === facts.chunkSize;
  if (!told) return "the same bytes";
  const again = await checked(bounded(restored, rng), facts.options);
  deepStrictEqual(
    [again.facts.header, again.facts.areasRead, again.facts.exceptions],
    [facts.header, facts.areasRead, facts.exceptions],
  );
  return "the same table";
}

async function* pieces(text: string, step: number): AsyncGenerator<string> {
  for (let at = 0; at < text.length; at += step) yield text.slice(at, at + step);
}

/** Where header and areas lie, in bytes: counted here, not asked of the core. */
function metadata({ chunkSize, areasRead, bytes }: StoreFacts): [from: number, until: number][] {
  const chunk = bytesOf(chunkSize);
  const areas = Array.from({ length: areasRead }, (_, area): [number, number] => {
    const at = (1 + area * (chunk / 16 + 1)) * chunk;
    return [at, at + chunk];
  });
  return [[0, Math.min(chunk, Number(bytes))], ...areas];
}
