import { ERRNO, type MessageKind, SNAPSHOT, TABLE } from "./message-kind.ts";

/** Messages of a snapshot at work: __invalidate_snapshot(), snapshot_map(), the merge (dm-snap.c). */
export const RUNNING_MESSAGES: readonly MessageKind[] = [
  {
    id: "running.full",
    pattern: new RegExp(
      `^${SNAPSHOT}(Invalidating snapshot|Snapshot overflowed): Unable to allocate exception`,
    ),
    counts: "own",
    say: () => ({
      severity: "problem",
      means:
        "The snapshot ran full: the origin went on, the snapshot was given up. Before 2.6.28 its header can have been torn in this moment.",
      findings: ["header.valid.zero", "store.full", "race.header.torn", "race.header.exception"],
      next: "Copy the COW device before the next activation, and check the copy for the header race.",
    }),
  },
  {
    id: "running.io-error",
    pattern: new RegExp(`^${SNAPSHOT}Invalidating snapshot: Error reading/writing`),
    counts: "own",
    say: () => ({
      severity: "problem",
      means:
        "Copying a chunk failed, so the snapshot was given up: a disk under the origin or the COW device has a bad place, or one of them ends too early.",
      findings: ["header.valid.zero", "store.truncated", "exception.new.beyond-device"],
      next: "Look for I/O errors of the disks before this line.",
    }),
  },
  {
    id: "merge.invalid",
    pattern: new RegExp(`^${SNAPSHOT}Snapshot is invalid: can't merge`),
    counts: "own",
    say: () => ({
      severity: "problem",
      means: "The merge was not begun: the snapshot is invalid. The origin stays as it is.",
      findings: ["header.valid.zero", "store.full"],
      next: "Look further back in the log for “Invalidating snapshot”.",
    }),
  },
  {
    id: "merge.stopped",
    pattern: new RegExp(
      `^${SNAPSHOT}((?:Read|Write) error(?: in exception store)?|Flush after merge failed): shutting down merge`,
    ),
    counts: "own",
    say: (why = "") => ({
      severity: "fatal",
      means: `The merge stopped halfway (${why.toLowerCase()}): the origin holds some chunks of the snapshot and some of its own.`,
      findings: ["exception.new.beyond-device", "exception.old.beyond-origin", "store.truncated"],
      next: "Copy both devices before trying again; what was merged is gone from the table.",
    }),
  },
  {
    id: "merge.order",
    pattern: new RegExp(
      `^${SNAPSHOT}(?:Attempt to merge block (\\d+) from the middle of a chunk range|Corruption detected: exception for block (\\d+) is on disk but not in memory)`,
    ),
    counts: "own",
    say: (middle = "", lost = "") => ({
      severity: "fatal",
      means: `The merge stopped at origin chunk ${middle || lost}: what the table on disk says of it is not what was loaded, as after two exceptions for one chunk.`,
      findings: ["exception.old.duplicate", "exception.order"],
      next: "Copy both devices before trying again, and check the copy for duplicate exceptions.",
    }),
  },
  {
    id: "handover",
    pattern: new RegExp(
      `^${SNAPSHOT}(?:Cancelling snapshot handover|Unable to resume snapshot source until handover completes|Unable to perform snapshot handover until source is suspended)|^${TABLE}(?:Snapshot cow pairing for exception table handover failed|A snapshot is already merging|Snapshot exception store does not support snapshot-merge)${ERRNO}`,
    ),
    counts: "own",
    say: () => ({
      severity: "note",
      means:
        "A second table for the same COW device was loaded in the wrong order, as when a merge is begun or the snapshot is changed while in use.",
      findings: [],
      next: "Look at who loads tables (`lvconvert`, `lvchange`), not at the store.",
    }),
  },
];
