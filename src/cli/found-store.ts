import { storePacked } from "../engine/problems.ts";
import { howToComplete } from "../explain/verdict/lack-words.ts";
import type { FoundStore } from "../protocol/machine.ts";
import { shellQuote } from "../protocol/shell-quote.ts";
import { ImageError, type ImageProblem } from "./image-problem.ts";

/** A bundle is asked for what was left out of it. @throws ImageError */
export function expectData({ name, packed }: FoundStore): void {
  if (packed) throw new ImageError(storePacked(name));
}

/** Bytes of the store are asked for that the files do not hold. */
export function incomplete(store: FoundStore): ImageProblem {
  const { name, missing } = store;
  return {
    code: "store.incomplete",
    message: `${name} is not all there, and what is missing of it would have to be read`,
    where: name,
    expected: "every byte of the COW device",
    found: missing.join("; "),
    todo: todoOf(store),
  };
}

/** What was read of a store was enough for a verdict, and yet it is not all there. */
export function partlyThere(store: FoundStore): string {
  const { name, missing } = store;
  const lacking = missing.join("; ");
  return `${name} is not all there (${lacking}): what was read of it is judged. ${todoOf(store)}.`;
}

/** @param store of which something is not there. */
function todoOf({ name, lacks }: FoundStore): string {
  const todo = howToComplete(lacks ?? "machine");
  if (lacks !== "disk") return todo;
  return `${todo}: cowscope check DISK… --store ${shellQuote(name)}`;
}
