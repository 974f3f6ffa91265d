import { deepStrictEqual, strictEqual } from "node:assert";
import { diffStores } from "../../../src/engine/diff/diff-stores.ts";
import type { Rng } from "../../random.ts";
import { hostileStore } from "../hostile-store.ts";
import { anyOptions, bounded, checked } from "../stores.ts";
import type { FuzzTarget } from "../target.ts";

/** Two stores, both ways round: each way says the same, from its own side. */
export const diff: FuzzTarget = { name: "diff", run };

async function run(rng: Rng): Promise<string> {
  const options = anyOptions(rng);
  const first = hostileStore(rng);
  const second = rng.chance(0.7) ? damagedAgain(first, rng) : hostileStore(rng);
  const side = async (name: string, bytes: Uint8Array) => ({
    name,
    checked: await checked(bounded(bytes, rng), options),
  });
  const [a, b] = [await side("a", first), await side("b", second)];
  if (a.checked.facts.header === null || b.checked.facts.header === null) return "no header";
  const [there, back] = [diffStores(a, b), diffStores(b, a)];
  strictEqual(there.same, back.same);
  const { left_only, right_only, ...both } = back.chunks;
  deepStrictEqual(there.chunks, { ...both, left_only: right_only, right_only: left_only });
  strictEqual(diffStores(a, a).same, true);
  for (const { kind } of there.runs) {
    if (there.chunks[kind] === "0") throw new Error(`a run of ${kind} that is not counted`);
  }
  return there.same ? "the same" : "different";
}

/** The same store with a few bytes more of damage. */
function damagedAgain(bytes: Uint8Array, rng: Rng): Uint8Array {
  const copy = bytes.slice();
  for (let i = rng.below(4); i > 0; i--) {
    copy[512 + rng.below(Math.max(copy.length - 512, 1))] = rng.below(256);
  }
  return copy;
}
