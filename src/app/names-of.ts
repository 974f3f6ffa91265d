import type { NamedFile } from "../protocol/store-service.ts";

/** Names of many files make no title. */
const MOST_NAMES = 3;

/** What files are called together: "pv0.img, pv1.img", "a, b, c and 12 more". */
export function namesOf(images: readonly NamedFile[]): string {
  const names = images.slice(0, MOST_NAMES).map(({ name }) => name);
  const more = images.length - names.length;
  return more === 0 ? names.join(", ") : `${names.join(", ")} and ${more} more`;
}
