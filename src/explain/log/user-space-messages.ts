import type { MessageKind } from "./message-kind.ts";

/** dmeventd's snapshot plug-in, LVM, dmsetup, and dracut's live images. */
export const USER_SPACE_MESSAGES: readonly MessageKind[] = [
  {
    id: "dmeventd.state",
    pattern: /(?:^|\s)Snapshot (\S+) changed state to: (.+?)(?: and should be removed)?\.?$/,
    counts: "own",
    say: (name = "", state = "") => ({
      severity: "problem",
      means: `The daemon that watches snapshots saw ${name} become “${state}”.`,
      findings: ["header.valid.zero", "store.full"],
      next: "Copy the COW device if what it still holds matters; nothing that LVM does brings the snapshot back.",
    }),
  },
  {
    id: "dmeventd.filling",
    pattern: /(?:^|\s)Snapshot (\S+) is now (\d+(?:\.\d+)?)% full/,
    counts: "own",
    say: (name = "", share = "") => ({
      severity: "note",
      means: `Snapshot ${name} was ${share} % full: at 100 % it is given up.`,
      findings: ["store.full"],
      next: "`lvextend` it while it is still valid.",
    }),
  },
  {
    id: "dmeventd.extend-failed",
    pattern: /(?:^|\s)Failed to extend snapshot (\S+?)\.?$/,
    counts: "own",
    say: (name = "") => ({
      severity: "problem",
      means: `Snapshot ${name} could not be made larger in time.`,
      findings: ["store.full", "header.valid.zero"],
      next: "Look whether the volume group has free extents: `vgs`.",
    }),
  },
  {
    id: "dmeventd.unmount",
    pattern: /(?:^|\s)(?:Unmounting invalid|Failed to umount) snapshot (\S+) from/,
    counts: "own",
    say: (name = "") => ({
      severity: "problem",
      means: `Snapshot ${name} had become invalid while it was mounted.`,
      findings: ["header.valid.zero", "store.full"],
      next: "Look further back in the log for “Invalidating snapshot”.",
    }),
  },
  {
    id: "lvm.merge",
    pattern:
      /(?:^|\s)\S+: (Merge failed\. Retry merge or inspect manually|Merging snapshot invalidated\. Aborting merge|Failed query for merging percentage\. Aborting merge)/,
    counts: "own",
    say: (why = "") => ({
      severity: "fatal",
      means: `LVM gave up a merge: ${why.replace(/\. .*/, "").toLowerCase()}.`,
      findings: ["header.valid.zero", "exception.old.duplicate", "exception.new.beyond-device"],
      next: "Copy the COW device and the origin before trying again.",
    }),
  },
  {
    id: "dmsetup.reload",
    pattern:
      /^device-mapper: (?:create|reload|resume) ioctl on (\S+)(?: \(\d+:\d+\))? failed: (.*)/,
    counts: "company",
    say: (name = "", why = "") => ({
      severity: "fatal",
      means: `dmsetup or LVM could not load ${name}: ${why.toLowerCase()}.`,
      findings: [],
      next: "The kernel's own lines beside it say why.",
    }),
  },
  {
    id: "dracut.overlay",
    pattern: /(?:^|\s)(Unable to find persistent overlay; using temporary|Using temporary overlay)/,
    counts: "own",
    say: () => ({
      severity: "note",
      means:
        "A live system did not use its persistent overlay (a COW store in a file): what was changed in earlier sessions is not seen.",
      findings: [],
      next: "Check the overlay file (LiveOS/overlay-…) for why.",
    }),
  },
];
