import { ok, strictEqual } from "node:assert";
import { bundleBytes, check, lineOf, pack as packed, storeIn } from "../../packed.ts";
import type { Rng } from "../../random.ts";
import { hostileStore } from "../hostile-store.ts";
import { anyOptions, bounded } from "../stores.ts";
import type { FuzzTarget } from "../target.ts";

/** A bundle without data has the same report as the store that it was made of. */
export const pack: FuzzTarget = { name: "pack", run };

async function run(rng: Rng): Promise<string> {
  const source = bounded(hostileStore(rng), rng);
  const options = anyOptions(rng);
  const checked = await check(source, options, true);
  const { header, looksLike } = checked.facts;
  if (header === null || looksLike !== null) return "no store";
  const packing = await packed(source, checked, rng.chance(0.5));
  source.assertWellRead();
  if (!packing) return "needs its data";
  const store = await storeIn(await bundleBytes(packing, checked));
  ok(store.size === source.size);
  strictEqual(lineOf((await check(store, options)).facts), lineOf(checked.facts));
  return "the same report";
}
