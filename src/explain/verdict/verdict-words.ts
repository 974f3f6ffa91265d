import type { Severity } from "../../protocol/finding.ts";
import type { VerdictId } from "../../protocol/report.ts";
import { bytesWords, chunkSizeWords, plural } from "../words.ts";
import type { Judged } from "./judged.ts";

interface VerdictWords {
  severity: Severity;
  title: (judged: Judged) => string;
  cause: (judged: Judged) => string;
  action: (judged: Judged) => string;
}

const COPY_FIRST =
  "Keep a copy of the COW device before you change anything: `dd if=COW of=cow.img bs=1M`.";

/** Nothing in a header can be mended in place by a tool that the system ships. */
const LVM_REFUSED =
  "Under LVM a refused snapshot keeps **the origin and all its snapshots** from being activated; `lvremove VG/SNAP` from a rescue system lets the machine boot, and gives the snapshot up. Trying again does not make it worse, and does not help.";

/** Each verdict's sentences: what, why, what to do. */
export const VERDICT_WORDS: Record<VerdictId, VerdictWords> = {
  healthy: {
    severity: "ok",
    title: () => "This snapshot activates, and nothing is wrong with it",
    cause: ({ facts }) =>
      `The header is right, and so are all ${plural(facts.exceptions, "exception")} in ${plural(facts.areasRead, "metadata area")} (chunks of ${chunkSizeWords(facts.chunkSize)}).`,
    action: () =>
      "Nothing needs to be done to this store. If the machine does not boot, look elsewhere: is `dm-snapshot` in the initramfs, and do origin and snapshot carry the same filesystem UUID?",
  },
  odd: {
    severity: "note",
    title: () => "This snapshot activates; something about it is unusual, but harmless",
    cause: (judged) => {
      // An area behind the end is harmless only if it belongs to an earlier table: nobody can tell.
      const sure = judged.findings.every(({ code }) => code !== "history.reformatted");
      const harmless = " Nothing of this makes the kernel read a wrong chunk.";
      return `${listed(judged)}${sure ? harmless : ""}`;
    },
    action: ({ findings }) =>
      findings.some(({ code }) => code === "store.full")
        ? "Give the snapshot room before the origin is written to again: `lvextend -L+1G VG/SNAP`."
        : "Nothing needs to be done. It can be used as it is.",
  },
  damaged: {
    severity: "problem",
    title: () => "This snapshot activates, but what it reads is damaged",
    cause: (judged) =>
      `${listed(judged)} The kernel checks none of this while loading (**insert_exceptions** takes every entry as it is): it shows later, as I/O errors or as wrong data.`,
    action: () =>
      `${COPY_FIRST} Mount the snapshot read-only, and copy out what still reads right. Writing to the origin or to the snapshot makes it worse.`,
  },
  invalidated: {
    severity: "problem",
    title: () => "This snapshot was invalidated: every read of it fails",
    cause: ({ facts }) =>
      `The kernel set **valid to 0** when the COW device ran out of room or could not be written. ${facts.exceptions === 0n ? "No exception is" : facts.exceptions === 1n ? "One exception is" : `${facts.exceptions} exceptions are`} on the disk; the origin has been written to since, so what is there no longer describes it as it was.`,
    action: () =>
      "The origin is not touched by this. Remove the snapshot: `lvremove VG/SNAP`. Setting valid back to 1 brings back a mixture of old and new data.",
  },
  new: {
    severity: "note",
    title: () => "This is empty: the kernel makes a new snapshot of it",
    cause: () =>
      "The magic is 0 and no data was seen. That is what `lvcreate` leaves for the kernel, which then writes a fresh header and zeroes metadata area 0.",
    action: () =>
      "If it should have been an old snapshot, its contents are gone; nothing that activation does makes that worse.",
  },
  "would-be-formatted": {
    severity: "fatal",
    title: () => "Do not activate: the kernel takes this store for a new one and overwrites it",
    cause: ({ facts, kernel }) =>
      `The magic is **0**, which means “new snapshot” to read_header, but the device holds data${facts.exceptions > 0n ? `, ${plural(facts.exceptions, "exception")} among it` : ""}. Activation writes a fresh header${written(kernel.writes)}.`,
    action: () => `${COPY_FIRST} Activate only the copy, once its header has been restored.`,
  },
  "refused-magic": {
    severity: "fatal",
    title: () => "The kernel refuses this snapshot: its header is not one",
    cause: ({ facts }) =>
      `The first four bytes are **0x${(facts.header?.magic ?? 0).toString(16)}** where “SnAp” should be${facts.exceptions > 0n ? `; ${plural(facts.exceptions, "exception")} behind it can still be read` : ""}. read_header stops there and looks at nothing else.`,
    action: () => `${COPY_FIRST} ${LVM_REFUSED}`,
  },
  "refused-chunk-size": {
    severity: "fatal",
    title: ({ facts, ages }) =>
      facts.activation.outcome === "bad-table"
        ? "The kernel refuses the table: its chunk size cannot be used"
        : ages.some(({ crash }) => crash !== null)
          ? "Activating this snapshot crashes old kernels; newer ones refuse it"
          : "The kernel refuses this snapshot: the chunk size in its header cannot be used",
    cause: ({ facts }) =>
      facts.activation.outcome === "bad-table"
        ? `The table line gives ${facts.activation.tableChunk} sectors; a chunk size must be a **power of 2**, a multiple of the block size and at most 2097152. The store itself is not read.`
        : `The header says **${facts.header?.chunkSize} sectors**; it must be a power of 2, a multiple of the block size and at most 2097152. The kernel checks this since 2.6.31; before, 0 ended in a BUG in mm/mempool.c while booting.`,
    action: ({ facts }) =>
      facts.activation.outcome === "bad-table"
        ? "Give the right chunk size in the table, or 0 to take the header's."
        : `${COPY_FIRST} ${LVM_REFUSED}`,
  },
  "refused-version": {
    severity: "fatal",
    title: () => "The kernel refuses this snapshot: its disk version is unknown",
    cause: ({ facts }) =>
      `The header says version **${(facts.header?.version ?? 0) | 0}**; every kernel so far writes 1 and reads nothing else.`,
    action: () => `${COPY_FIRST} ${LVM_REFUSED}`,
  },
  "refused-io": {
    severity: "fatal",
    title: (judged) =>
      isMisaligned(judged)
        ? "The kernel refuses this table: a device is not whole blocks"
        : judged.kernel.errno === "ENOMEM"
          ? "The kernel refuses this snapshot: there is no memory for chunks of its size"
          : "The kernel cannot read this snapshot: the device ends too early",
    cause: (judged) => {
      const { facts } = judged;
      if (isMisaligned(judged)) {
        return `With blocks of **${facts.options.blockSize} bytes** the COW device and the origin must be whole blocks long; dm refuses the table after the store has been read.`;
      }
      if (judged.kernel.errno === "ENOMEM") {
        return `Kernels before 2.6.31 take the header's **${facts.header?.chunkSize} sectors** as they are, and cannot make buffers for them.`;
      }
      return facts.activation.outcome === "read-areas"
        ? `The table goes on in a metadata area that **lies beyond the end** of the ${bytesWords(facts.bytes)} that are here. The reader follows every full area, and fails with -EIO where the next one is cut off.`
        : `The kernel reads one whole chunk of **${plural(facts.activation.chunkSize, "sector")}** (the table's chunk size) at the start; the device has ${plural(facts.sectors, "sector")}.`;
    },
    action: (judged) => {
      const { facts } = judged;
      if (isMisaligned(judged)) {
        return "Give the devices the size they had, or the block size they really have. Trying again does not make it worse.";
      }
      return facts.activation.outcome === "read-areas"
        ? `Is the image complete? Copy the whole COW device again. If there is no more of it, \`truncate -s ${endOfNextArea(facts)} copy.img\` on a copy gives the reader an empty area to end in. ${LVM_REFUSED}`
        : "Give the table the chunk size that the store was made with, or copy the whole COW device again. Trying again does not make it worse.";
    },
  },
  crash: {
    severity: "fatal",
    title: () => "Do not activate: this store crashes the kernel",
    cause: ({ kernel, findings }) =>
      `Loading it ends in **${kernel.crash}**${findings.some(({ code }) => code === "exception.new.run-overflow") ? ": an entry with all of bits 56–63 set is taken for a run of 256 chunks, and one more entry continues it" : ""}.`,
    action: () =>
      `${COPY_FIRST} Keep it from being activated at boot: remove the snapshot from a rescue system with \`lvremove VG/SNAP\`. Trying again crashes again.`,
  },
  "not-a-store": {
    severity: "fatal",
    title: () => "This is not a COW store",
    cause: ({ facts }) =>
      `There is no “SnAp” at its start and nothing like a metadata area in it. It looks like **${facts.looksLike ?? "something else"}**.`,
    action: () =>
      "Give cowscope the COW device itself: under LVM that is `/dev/mapper/VG-SNAP-cow`. If you know that this is one, say so with the chunk size of its table (Options, or `--table-chunk`).",
  },
};

function isMisaligned({ facts, kernel }: Judged): boolean {
  return kernel.errno === "EINVAL" && !facts.activation.aligned;
}

/** Where the area that is called for would end, in bytes. */
function endOfNextArea(facts: Judged["facts"]): bigint {
  return (facts.findings.find(({ code }) => code === "area.beyond-device")?.found ?? 0n) * 512n;
}

/** The kinds of findings with their counts, as one sentence. */
function listed({ facts, findings }: Judged): string {
  const first = new Map(findings.map((finding) => [finding.code, finding]));
  const parts = [...first.values()].map((finding) => {
    const count = facts.counts.get(finding.code) ?? 1n;
    return count > 1n ? `${finding.message} (and ${count - 1n} more like it)` : finding.message;
  });
  const some = parts.slice(0, 3).join("; ");
  return `What was found: ${some}${parts.length > 3 ? "; and more below" : ""}.`;
}

/** What activation overwrites besides the header. */
function written(writes: Judged["kernel"]["writes"]): string {
  const area = writes.find(({ what }) => what === "area");
  if (!area) return ", and fails then, since area 0 has no room";
  const last = BigInt(area.sector) + BigInt(area.sectors) - 1n;
  return ` and zeroes sectors ${area.sector} to ${last}, without a word`;
}
