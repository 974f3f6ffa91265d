import { NOT_KNOWN, type StoreFacts } from "../../protocol/facts.ts";
import type { FindingCode, Severity } from "../../protocol/finding.ts";
import type { AdviceStep, VerdictId } from "../../protocol/report.ts";
import { bytesWords, chunkSizeWords, plural, sentences } from "../words.ts";
import { COPY, MOUNT, REMOVE, RESCUE, restoreHeader, WAY_OUT } from "./advice.ts";
import type { Judged } from "./judged.ts";
import { listed } from "./listed.ts";
import { repairSteps } from "./repair-steps.ts";
import { crashesSomewhere, crashTitle, refusedLead } from "./trying-again.ts";

interface VerdictWords {
  severity: Severity | ((judged: Judged) => Severity);
  title: (judged: Judged) => string;
  cause: (judged: Judged) => string;
  /** Whether it gets worse, in a sentence or two before the steps. */
  lead: (judged: Judged) => string;
  steps: (judged: Judged) => readonly AdviceStep[];
}

const nothing = (): readonly AdviceStep[] => [];

const refusedSteps = (judged: Judged): readonly AdviceStep[] => [
  ...repairSteps(judged),
  ...WAY_OUT,
  ...headerSteps(judged),
  REMOVE,
];

/** A header by the chunk size that the bytes speak for; none where nothing does. */
function headerSteps({ facts }: Judged): AdviceStep[] {
  if (facts.chunkSizeFrom === "default") return [];
  const better = facts.findings.find(({ code }) => code === "header.chunk-size.contradicted");
  const size = better ? Number(better.expected) : facts.chunkSize;
  return [restoreHeader(size, hasRaced(facts) ? 0 : 1)];
}

/** Whether the bytes tell of the race on invalidation: then valid was to become 0. */
const hasRaced = (facts: StoreFacts): boolean =>
  facts.findings.some(({ code }) => code.startsWith("race."));

const has = (facts: StoreFacts, wanted: FindingCode): boolean =>
  facts.findings.some(({ code }) => code === wanted);

/** Each verdict's sentences: what, why, what to do. */
export const VERDICT_WORDS: Record<VerdictId, VerdictWords> = {
  healthy: {
    severity: "ok",
    title: () => "This snapshot activates, and nothing is wrong with it",
    cause: ({ facts }) =>
      facts.exceptions === 0n
        ? `The header is right, and no chunk was copied yet (chunks of ${chunkSizeWords(facts.chunkSize)}).`
        : `The header is right, and so ${facts.exceptions === 1n ? "is the one exception" : `are all ${facts.exceptions} exceptions`} in ${plural(facts.areasRead, "metadata area")} (chunks of ${chunkSizeWords(facts.chunkSize)}).`,
    lead: () =>
      "Nothing needs to be done to this store. If the machine does not boot, look elsewhere: is `dm-snapshot` in the initramfs, and do origin and snapshot carry the same filesystem UUID?",
    steps: nothing,
  },
  odd: {
    severity: "note",
    title: () => "This snapshot activates; something about it is unusual, but harmless",
    cause: (judged) => {
      // An area behind the end is harmless only if it belongs to an earlier table: nobody can tell.
      const sure = judged.findings.every(({ code }) => code !== "history.reformatted");
      const harmless = "Nothing of this makes the kernel read a wrong chunk.";
      return sentences(listed(judged), sure ? harmless : "");
    },
    lead: () => "Nothing needs to be done. It can be used as it is.",
    steps: nothing,
  },
  full: {
    severity: "problem",
    title: () => "This snapshot activates, but it is full: the next write to the origin loses it",
    cause: (judged) =>
      sentences(
        listed(judged),
        "A write that finds no room makes the kernel set **valid to 0**, and every read of the snapshot then fails.",
      ),
    lead: () => "Write nothing to the origin or the snapshot until it has room or is copied.",
    steps: () => [
      COPY,
      {
        text: "Then give it room (any size that the volume group still has).",
        commands: ["# lvextend -L +1G VG/SNAP"],
        destroys: null,
      },
    ],
  },
  damaged: {
    severity: "problem",
    title: () => "This snapshot activates, but what it reads is damaged",
    cause: (judged) =>
      sentences(
        listed(judged),
        "The kernel checks none of this while loading (**insert_exceptions** takes every entry as it is): it shows later, as I/O errors or as wrong data.",
      ),
    lead: () => "Writing to the origin or to the snapshot makes it worse.",
    steps: (judged) =>
      // By a wrong chunk size nothing of it reads right.
      has(judged.facts, "header.chunk-size.contradicted")
        ? [...repairSteps(judged), COPY]
        : [COPY, ...repairSteps(judged), MOUNT],
  },
  invalidated: {
    severity: ({ kernel }) => (kernel.activates ? "problem" : "fatal"),
    title: ({ kernel }) =>
      kernel.activates
        ? "This snapshot was invalidated: every read of it fails"
        : "The kernel refuses this snapshot: it was invalidated",
    cause: ({ facts }) =>
      `The kernel set **valid to 0** when the COW device ran out of room or could not be written. ${facts.exceptions === 0n ? "No exception is" : facts.exceptions === 1n ? "One exception is" : `${facts.exceptions} exceptions are`} on the disk; the origin has been written to since, so what is there no longer describes it as it was.`,
    lead: (judged) =>
      sentences(
        "The origin is not touched by this. Setting valid back to 1 brings back a mixture of old and new data.",
        judged.kernel.activates ? "" : refusedLead(judged),
      ),
    // Where it is refused there is no mapped device to read.
    steps: ({ facts, kernel }) => [
      ...(kernel.activates ? [COPY] : WAY_OUT),
      ...(facts.exceptions > 0n ? [RESCUE] : []),
      REMOVE,
    ],
  },
  new: {
    severity: "note",
    title: () => "This is empty: the kernel makes a new snapshot of it",
    cause: () =>
      "The magic is 0 and no data was seen. That is what `lvcreate` leaves for the kernel, which then writes a fresh header and zeroes metadata area 0.",
    lead: () =>
      "If it should have been an old snapshot, its contents are gone; nothing that activation does makes that worse.",
    steps: nothing,
  },
  "would-be-formatted": {
    severity: "fatal",
    title: () => "Do not activate: the kernel takes this store for a new one and overwrites it",
    cause: ({ facts, kernel }) =>
      `The magic is **0**, which means “new snapshot” to read_header, but the device holds data${facts.exceptions > 0n ? `, ${plural(facts.exceptions, "exception")} among it` : ""}. Activation writes a fresh header${written(kernel.writes)}.`,
    lead: () => "Every activation destroys it, also one by a rescue system.",
    steps: (judged) => [...repairSteps(judged), ...WAY_OUT, ...headerSteps(judged)],
  },
  "refused-magic": {
    severity: "fatal",
    title: () => "The kernel refuses this snapshot: its header is not one",
    cause: ({ facts }) =>
      `The first four bytes are **0x${(facts.header?.magic ?? 0).toString(16)}** where “SnAp” should be${facts.exceptions > 0n ? `; ${plural(facts.exceptions, "exception")} behind it can still be read` : ""}. read_header stops there and looks at nothing else.`,
    lead: refusedLead,
    steps: refusedSteps,
  },
  "refused-chunk-size": {
    severity: "fatal",
    title: (judged) =>
      judged.facts.activation.outcome === "bad-table"
        ? "The kernel refuses the table: its chunk size cannot be used"
        : crashesSomewhere(judged)
          ? crashTitle(judged)
          : "The kernel refuses this snapshot: the chunk size in its header cannot be used",
    cause: ({ facts }) =>
      facts.activation.outcome === "bad-table"
        ? `The table line gives ${plural(facts.activation.tableChunk, "sector")}; a chunk size must be a **power of 2**, a multiple of the block size and at most 2097152. The store itself is not read.`
        : `The header says **${plural(facts.header?.chunkSize ?? 0, "sector")}**; it must be a power of 2, a multiple of the block size and at most 2097152.`,
    lead: (judged) =>
      judged.facts.activation.outcome === "bad-table"
        ? "Give the right chunk size in the table, or 0 to take the header's. The store itself was not touched."
        : refusedLead(judged),
    steps: (judged) =>
      judged.facts.activation.outcome === "bad-table" ? [] : refusedSteps(judged),
  },
  "refused-version": {
    severity: "fatal",
    title: () => "The kernel refuses this snapshot: its disk version is unknown",
    cause: ({ facts }) =>
      `The header says version **${(facts.header?.version ?? 0) | 0}**; every kernel so far writes 1 and reads nothing else.`,
    lead: refusedLead,
    steps: refusedSteps,
  },
  "refused-io": {
    severity: "fatal",
    title: (judged) =>
      isMisaligned(judged)
        ? "The kernel refuses this table: a device is not whole blocks"
        : judged.kernel.errno === "ENOMEM"
          ? "The kernel refuses this snapshot: there is no memory for chunks of its size"
          : judged.kernel.writes.length > 0
            ? "Do not activate: the kernel overwrites the header, then refuses the snapshot"
            : `The kernel cannot read this snapshot: ${whyUnreadable(judged.facts)}`,
    cause: (judged) => {
      const { facts } = judged;
      if (isMisaligned(judged)) {
        return `With blocks of **${facts.options.blockSize} bytes** the COW device and the origin must be whole blocks long; dm refuses the table after the store has been read.`;
      }
      if (judged.kernel.errno === "ENOMEM") {
        return `This kernel takes the header's **${plural(facts.header?.chunkSize ?? 0, "sector")}** as they are, and cannot make buffers for them.`;
      }
      return facts.activation.outcome === "read-areas"
        ? `The table goes on in a metadata area that **lies beyond the end** of the ${bytesWords(facts.bytes)} that are here. The reader follows every full area, and fails with -EIO where the next one is cut off.`
        : facts.activation.overridesTable
          ? `This kernel takes the header's **${plural(facts.header?.chunkSize ?? 0, "sector")}** as they are, and cannot read the metadata by them.`
          : `The kernel reads one whole chunk of **${plural(facts.activation.chunkSize, "sector")}** (the table's chunk size) at the start; the device has ${plural(facts.sectors, "sector")}.`;
    },
    lead: (judged) => {
      if (isMisaligned(judged)) {
        return "Give the devices the size they had, or the block size they really have. Trying again does not make it worse.";
      }
      if (judged.kernel.writes.length > 0) {
        return "Every activation overwrites the start of this device, also one by a rescue system.";
      }
      const { facts } = judged;
      if (facts.activation.outcome === "read-areas") {
        return headerIsWrong(facts)
          ? refusedLead(judged)
          : `Is the image complete? If it is a copy, copy the whole COW device again. ${refusedLead(judged)}`;
      }
      // A table line is of no help where the header's size is what the kernel goes by.
      if (facts.activation.overridesTable) return refusedLead(judged);
      return "Give the table the chunk size that the store was made with. Trying again does not make it worse.";
    },
    steps: (judged) => {
      if (isMisaligned(judged)) return [];
      if (judged.kernel.writes.length > 0) return WAY_OUT;
      if (judged.facts.activation.outcome !== "read-areas") {
        return judged.facts.activation.overridesTable ? refusedSteps(judged) : repairSteps(judged);
      }
      const mend = headerIsWrong(judged.facts) ? headerSteps(judged) : [lengthenCopy(judged.facts)];
      return [...repairSteps(judged), ...WAY_OUT, ...mend, REMOVE];
    },
  },
  crash: {
    severity: "fatal",
    title: () => "Do not activate: this store crashes the kernel",
    cause: ({ kernel, findings }) =>
      `Loading it ends in **${kernel.crash}**${findings.some(({ code }) => code === "exception.new.run-overflow") ? ": an entry with all of bits 56–63 set is taken for a run of 256 chunks, and one more entry continues it" : ""}.`,
    lead: () => "Trying again crashes again; keep it from being activated while booting.",
    steps: refusedSteps,
  },
  "not-a-store": {
    severity: "fatal",
    title: () => "This is not a COW store",
    cause: ({ facts }) =>
      `There is no “SnAp” at its start and nothing like a metadata area in it. ${facts.looksLike === null || facts.looksLike === NOT_KNOWN ? "Its contents are not recognised." : `It looks like **${facts.looksLike}**.`}`,
    lead: () =>
      "Give cowscope the COW device itself: under LVM that is `/dev/mapper/VG-SNAP-cow`. If you know that this is one, say with which chunk size its table line is loaded.",
    steps: nothing,
  },
};

/** The fault is the header's then, not a device that was cut. */
const headerIsWrong = (facts: StoreFacts): boolean =>
  has(facts, "header.chunk-size.contradicted") ||
  facts.findings.some(({ code }) => code.startsWith("race.header."));

function whyUnreadable(facts: StoreFacts): string {
  if (facts.activation.outcome !== "read-areas") {
    return "the device is shorter than the chunk that it reads first";
  }
  return headerIsWrong(facts)
    ? "by the chunk size in its header the table leads beyond the device's end"
    : "the device ends too early";
}

/** Exceptions that are here, while the data they name lie behind the cut. */
function cutOff(facts: StoreFacts): string {
  const count = facts.counts.get("exception.new.beyond-device") ?? 0n;
  return count === 0n ? "" : `; ${plural(count, "chunk")} whose data were cut off read as zeros`;
}

/**
 * An empty area where the missing one would be lets read_exceptions() end there; the loud -EIO is
 * then gone, and with it all that the missing areas recorded.
 */
function lengthenCopy(facts: StoreFacts): AdviceStep {
  return {
    text: "If there is no more of it: on a copy, never on the device, an empty area lets the table load.",
    commands: [
      "cp --sparse=always --no-clobber cow.img copy.img",
      `# truncate -s ${endOfNextArea(facts)} copy.img`,
    ],
    destroys: `in that copy what the error still tells: every chunk recorded in the missing areas then reads as the origin is now, silently${cutOff(facts)}`,
  };
}

function isMisaligned({ facts, kernel }: Judged): boolean {
  return kernel.errno === "EINVAL" && !facts.activation.aligned;
}

/** Where the area that is called for would end, in bytes. */
function endOfNextArea(facts: StoreFacts): bigint {
  return (facts.findings.find(({ code }) => code === "area.beyond-device")?.found ?? 0n) * 512n;
}

/** What activation overwrites besides the header. */
function written(writes: Judged["kernel"]["writes"]): string {
  const area = writes.find(({ what }) => what === "area");
  if (!area) return ", and fails then, since area 0 has no room";
  const last = BigInt(area.sector) + BigInt(area.sectors) - 1n;
  const sectors = area.sectors === "1" ? `sector ${last}` : `sectors ${area.sector} to ${last}`;
  return ` and zeroes ${sectors}, without a word`;
}
