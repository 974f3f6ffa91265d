import type { Image } from "../client/held-store.ts";
import { STORE_LIKENESS, type StoreLikeness } from "../protocol/store-service.ts";

/** An image and what it has of a COW store; null: it cannot be read. */
export interface Looked {
  image: Image;
  likeness: StoreLikeness | null;
}

/** Which of the images is the store; null: more than one may be. */
export interface Sorted {
  store: Image | null;
  others: Image[];
}

/** The one that looks most like a store, if there is one such. */
export function sortImages(looked: readonly Looked[]): Sorted {
  const images = looked.map(({ image }) => image);
  const ranks = looked.map(({ likeness }) => rankOf(likeness));
  const best = Math.min(...ranks);
  const store = ranks.filter((rank) => rank === best).length === 1 && best < STORE_LIKENESS.length;
  const found = store ? (images[ranks.indexOf(best)] ?? null) : null;
  return { store: found, others: images.filter((image) => image !== found) };
}

const rankOf = (likeness: StoreLikeness | null): number =>
  likeness === null ? STORE_LIKENESS.length : STORE_LIKENESS.indexOf(likeness);
