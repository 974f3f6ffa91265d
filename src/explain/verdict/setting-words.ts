import type { StoreSetting } from "../../protocol/machine.ts";
import type { AdviceStep, VerdictId } from "../../protocol/report.ts";
import { plural, sentences } from "../words.ts";
import type { Judged } from "./judged.ts";
import { howToComplete } from "./lack-words.ts";

/** What a verdict says, its steps not yet led by whether it gets worse. */
export interface VerdictSaid {
  title: string;
  cause: string;
  lead: string;
  steps: readonly AdviceStep[];
}

/** Verdicts by which nothing needs to be done. */
const HARMLESS: readonly VerdictId[] = ["healthy", "odd", "new"];

/** Where a part is missing, nobody may call the rest of it fine. */
export const idInSetting = (id: VerdictId, { incomplete }: StoreSetting): VerdictId =>
  incomplete !== null && HARMLESS.includes(id) ? "damaged" : id;

/**
 * What lies around a store, above what its own bytes say: that a part of it is missing, and that LVM
 * is to merge it. @param id by its own bytes alone.
 */
export function saidInSetting(id: VerdictId, said: VerdictSaid, judged: Judged): VerdictSaid {
  return withMerge(id, withLack(id, said, judged), judged);
}

function withLack(id: VerdictId, said: VerdictSaid, { setting }: Judged): VerdictSaid {
  if (setting.incomplete === null) return said;
  const { missing, lacks } = setting.incomplete;
  const todo = `${howToComplete(lacks)}.`;
  const gone = `**Not every byte of the COW device is here** (${missing.join("; ")}).`;
  if (!HARMLESS.includes(id)) {
    return { ...said, cause: sentences(gone, said.cause), lead: sentences(todo, said.lead) };
  }
  return {
    title: "Not all of this store is here; what was read of it is in order",
    cause: sentences(
      gone,
      "Header and metadata could be read; what the missing bytes hold, nobody can tell from here.",
    ),
    lead: sentences(todo, "Until then nothing here says that the store is whole."),
    steps: [],
  };
}

/**
 * `merging_store` in the group's metadata: lvconvert(8), --merge. What activation then loads is in
 * the lab's disks (merge-scheduled: reactivated/), and so is that the metadata stay the same while
 * the merge goes on.
 */
function withMerge(id: VerdictId, said: VerdictSaid, judged: Judged): VerdictSaid {
  const { setting, facts } = judged;
  if (setting.merging !== true) return said;
  const fine = HARMLESS.includes(id) && setting.incomplete === null;
  const left =
    facts.exceptions === 0n
      ? "No exception is left to merge"
      : `${plural(facts.exceptions, "exception")} ${facts.exceptions === 1n ? "is" : "are"} still to be merged`;
  const cause = `LVM’s metadata say that this snapshot is being merged into its origin (**merging_store**). ${left}; whether any already was cannot be told, since a merge goes from the last exception to the first, and a half-merged store is only one with a shorter table.`;
  return {
    title: fine
      ? "This store is in order, but its merge into the origin is scheduled or under way"
      : `${said.title}; its merge into the origin is scheduled or under way`,
    cause: sentences(cause, said.cause),
    lead: sentences(
      fine ? "" : said.lead,
      "**Activating the origin starts the merge, or goes on with it: the kernel then overwrites the origin.** Do not mount the origin without it: where the merge has begun, its own bytes are partly old and partly new. LVM does not split the snapshot off any more (`lvconvert --splitsnapshot` refuses).",
    ),
    steps: [...MERGE_STEPS, ...said.steps],
  };
}

const MERGE_STEPS: readonly AdviceStep[] = [
  {
    text: "Copy every disk of the volume group first, while it is inactive.",
    commands: ["# dd if=DISK of=disk.img bs=1M conv=excl"],
    destroys: null,
  },
  {
    text: "What the origin will hold once it is merged is what the snapshot reads now: take it out of the copy, and look at it.",
    commands: ["# cowscope snapshot disk.img --store VG/SNAP --out merged.img"],
    destroys: null,
  },
  {
    text: "Only when the copy is safe: let the merge go on. Data% falls as it does, and the snapshot is gone when it is done.",
    commands: ["# vgchange -ay VG", "# lvs -a -o lv_name,lv_attr,data_percent VG"],
    destroys:
      "what the origin holds now wherever the snapshot has an exception, and in the end the snapshot itself",
  },
];
