import { checkToTheEnd } from "../src/engine/check/check.ts";
import { findDamage } from "../src/engine/lookup/damage.ts";
import { lookUp } from "../src/engine/lookup/look-up.ts";
import type { LookupStore } from "../src/engine/lookup/pass-table.ts";
import { type CheckOptions, DEFAULT_OPTIONS } from "../src/protocol/check.ts";
import type { DamageReport, LookupPlace, LookupReport } from "../src/protocol/lookup.ts";
import { BytesSource } from "../src/source/bytes-source.ts";
import { loadCore } from "./check-bytes.ts";

const compiled = await loadCore();
const goOn = (): boolean => true;

/** A checked store; without its rows every lookup reads the areas once more. */
export async function lookupStore(
  bytes: Uint8Array,
  options: Partial<CheckOptions> = {},
  keep = true,
): Promise<LookupStore> {
  const cow = new BytesSource(bytes);
  const asked = { ...DEFAULT_OPTIONS, ...options };
  const { facts, core } = await checkToTheEnd(compiled, cow, asked, keep);
  return { name: "bytes", facts, cow, rows: keep ? core : null };
}

export async function look(
  store: LookupStore,
  device: LookupPlace["device"],
  unit: LookupPlace["unit"],
  number: bigint | number,
): Promise<LookupReport> {
  const report = await lookUp(compiled, store, { device, unit, number: BigInt(number) }, goOn);
  if (!report) throw new Error("a lookup that nobody cancelled was cancelled");
  return report;
}

export async function damageOf(store: LookupStore): Promise<DamageReport> {
  const report = await findDamage(compiled, store, goOn);
  if (!report) throw new Error("a lookup that nobody cancelled was cancelled");
  return report;
}
