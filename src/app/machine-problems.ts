import { howToComplete } from "../explain/verdict/lack-words.ts";
import type { FoundStore } from "../protocol/machine.ts";
import type { Problem } from "../protocol/problem.ts";

/** An address, or an entry of the history, names a store that is not in what was opened. */
export const storeNotThere = (store: string, where: string): Problem => ({
  code: "image.unreadable",
  message: `There is no store called ${store} in ${where}`,
  where,
  expected: "one of the stores that lie there",
  found: "none of that name",
  todo: "Open the disk that it lies in, or go back to what lies in this one.",
});

/** Bytes of a store would have to be read that the files do not hold. */
export const storeIncomplete = ({ name, missing, lacks }: FoundStore): Problem => ({
  code: "image.hole",
  message: `${name} is not all there, and what is missing of it would have to be read`,
  where: name,
  expected: "every byte of the COW device",
  found: missing.join("; "),
  todo: `${howToComplete(lacks ?? "machine")}.`,
});
