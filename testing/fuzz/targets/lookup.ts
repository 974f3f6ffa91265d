import { ok } from "node:assert";
import { findDamage } from "../../../src/engine/lookup/damage.ts";
import { lookUp } from "../../../src/engine/lookup/look-up.ts";
import type { Rng } from "../../random.ts";
import { hostileNumber } from "../damage.ts";
import { hostileStore } from "../hostile-store.ts";
import { anyOptions, bounded, checked, core, isTyped } from "../stores.ts";
import type { FuzzTarget } from "../target.ts";

/** Places of both devices, and what the damage costs: within the devices, and in order. */
export const lookup: FuzzTarget = { name: "lookup", run };

async function run(rng: Rng): Promise<string> {
  const bytes = hostileStore(rng);
  const source = bounded(bytes, rng);
  const { facts, core: rows } = await checked(source, anyOptions(rng));
  const store = { name: "bytes", facts, cow: source, rows: rng.chance(0.7) ? rows : null };
  const size = BigInt(bytes.length);
  try {
    for (let i = 0; i < 3; i++) {
      const device = rng.pick(["origin", "cow"] as const);
      const unit = rng.pick(["byte", "sector", "chunk"] as const);
      const number = rng.chance(0.6)
        ? BigInt(rng.below(bytes.length))
        : hostileNumber(size, 8, size, rng);
      const told = await lookUp(core, store, { device, unit, number }, () => true);
      ok(told?.message);
      if (told.reads?.from === "cow") ok(BigInt(told.reads.offset) < size, "behind the end");
    }
    const damage = await findDamage(core, store, () => true);
    ok(damage);
    const origin = facts.options.originSectors;
    for (const { ranges } of damage.damage) {
      let end = -1n;
      for (const range of ranges) {
        ok(BigInt(range.offset) > end, "ranges out of order");
        end = BigInt(range.offset) + BigInt(range.length) - 1n;
        ok(origin === null || end < origin * 512n, "damage behind the origin's end");
      }
    }
    source.assertWellRead();
    return damage.damage.map(({ kind }) => kind).join("+") || "no damage";
  } catch (error) {
    if (isTyped(error)) return error.name;
    throw error;
  }
}
