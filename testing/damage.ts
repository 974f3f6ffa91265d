import { areaDamages } from "./damage/areas.ts";
import { deviceDamages } from "./damage/device.ts";
import { duplicateDamages } from "./damage/duplicates.ts";
import { entryDamages } from "./damage/entries.ts";
import { headerDamages } from "./damage/header.ts";
import { raceDamages } from "./damage/race.ts";
import { aimAt, type Damage, type Damages, type Target } from "./damage/target.ts";
import type { Rng } from "./random.ts";
import { applyRecipe, type Op } from "./recipe.ts";
import type { BuiltStore } from "./store-builder.ts";

/** A damaged store and how it came about: name and recipe alone are enough to make it again. */
export interface DamagedStore {
  name: string;
  recipe: Op[];
  bytes: Uint8Array;
}

/** Several damages to one store. Each aims at the store as it was built, so one can hide another. */
const combo: Damage = {
  recipe: (target, rng) =>
    Array.from({ length: rng.between(2, 5) }, () => {
      const damage = SINGLE_DAMAGES[rng.pick(applicable(SINGLE_DAMAGES, target))];
      return damage?.recipe(target, rng) ?? [];
    }).flat(),
};

const SINGLE_DAMAGES: Damages = {
  control: { recipe: () => [] },
  ...headerDamages,
  ...raceDamages,
  ...deviceDamages,
  ...areaDamages,
  ...entryDamages,
  ...duplicateDamages,
};

/** Every way to damage a store, by the names that the fixtures' rows carry as `family`. */
export const DAMAGES: Damages = { ...SINGLE_DAMAGES, combo, combo2: combo };

function applicable(damages: Damages, target: Target): string[] {
  return Object.keys(damages).filter((name) => damages[name]?.needs?.(target) ?? true);
}

/** The damages that this store has the room and the exceptions for. */
export const damagesFor = (store: BuiltStore) => applicable(DAMAGES, aimAt(store));

export function damage(name: string, store: BuiltStore, rng: Rng): DamagedStore {
  const recipe = DAMAGES[name]?.recipe(aimAt(store), rng);
  if (!recipe) throw new RangeError(`no damage is called ${name}`);
  return { name, recipe, bytes: applyRecipe(store.bytes, recipe) };
}

export function randomDamage(store: BuiltStore, rng: Rng): DamagedStore {
  return damage(rng.pick(damagesFor(store)), store, rng);
}
