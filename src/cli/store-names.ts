import { namesEndingWith } from "../container/names.ts";
import type { FoundProblem, FoundStore, MachineTree } from "../protocol/machine.ts";
import { ImageError, type ImageProblem, placed } from "./image-problem.ts";

/** More names than that are no help in a sentence. */
const MOST_NAMES = 20;

/**
 * The store that is meant.
 * @param asked null: there must be but one. @param files as they were given, for sentences.
 * @throws ImageError that names those there are.
 */
export function pickStore(tree: MachineTree, asked: string | null, files: string): FoundStore {
  const { stores, problems } = tree;
  if (stores.length === 0) throw new ImageError(noStore(problems, files));
  const found = asked === null ? stores : namesEndingWith(stores, asked);
  const [only] = found;
  if (only && found.length === 1) return only;
  const several = found.length > 1;
  const ending = asked === null ? "" : ` whose names end with “${asked}”`;
  throw new ImageError({
    code: several ? "store.several" : "store.unknown",
    message: several
      ? `There are ${found.length} stores${ending} in ${files}`
      : `There is no store “${asked}” in ${files}`,
    where: files,
    expected: "one of the stores that are there",
    found: `there are ${listed(several ? found : stores)}`,
    todo: "Pick one of them with --store NAME",
  });
}

function listed(stores: readonly FoundStore[]): string {
  const names = stores.slice(0, MOST_NAMES).map(({ name }) => name);
  return `${names.join(", ")}${stores.length > MOST_NAMES ? " …" : ""}`;
}

/** What kept stores from being found, if anything is known to have. */
export function noStore(problems: readonly FoundProblem[], files: string): ImageProblem {
  const why = problems.find(({ refused }) => refused);
  if (why) return placed(why);
  return {
    code: "store.none",
    message: `There is no COW store in ${files}`,
    where: files,
    expected: "a volume group with a snapshot, or a store in a file, a partition or a volume",
    found: "",
    todo: "See what is there with cowscope find",
  };
}
