import type { StoreLack } from "../../protocol/machine.ts";

const TODO: Record<StoreLack, string> = {
  disk: "Hand over all disks of the machine together, the missing one too",
  rescue: "Let ddrescue go on, and ask again",
  copy: "The copy of the disk is cut short: copy it again, whole",
  machine:
    "What it lies on cannot be put together from these files: copy the COW device on the machine itself",
};

/** What makes a store whole of which something is not there: a sentence without its full stop. */
export const howToComplete = (lacks: StoreLack): string => TODO[lacks];
