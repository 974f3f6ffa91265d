import type { Problem } from "../../protocol/problem.ts";
import type { BlockSource } from "../../source/block-source.ts";
import { originEmpty, originIsCow, originTooShort } from "../problems.ts";
import { blaming } from "./named-image.ts";
import type { NamedOrigin, SnapshotStore } from "./snapshot-store.ts";

/** What is compared of two images of the same length, in bytes: three such runs. */
const RUN = 1 << 16;

/** @returns why a snapshot cannot be read of this origin, before anything else is read. */
export async function judgeOrigin(
  store: SnapshotStore,
  { name, source }: NamedOrigin,
): Promise<Problem | null> {
  if (source.size < 512) return originEmpty(name, source.size);
  if (await isCow(store, { name, source })) return originIsCow(name);
  const has = BigInt(Math.floor(source.size / 512));
  const sectors = store.facts.options.originSectors ?? has;
  return has < sectors ? originTooShort(name, has, sectors) : null;
}

/** A store that activates begins with the magic; an origin of its length that reads alike is it. */
async function isCow({ name, cow }: SnapshotStore, origin: NamedOrigin): Promise<boolean> {
  if (cow.size !== origin.source.size) return false;
  const one = await blaming(name, () => sample(cow));
  const other = await blaming(origin.name, () => sample(origin.source));
  return one.every((byte, i) => byte === other[i]);
}

function sample(source: BlockSource): Promise<Uint8Array> {
  const length = Math.min(RUN, source.size);
  const last = source.size - length;
  const ranges = [0, Math.floor(last / 2), last].map((offset) => ({ offset, length }));
  return source.read(ranges);
}
