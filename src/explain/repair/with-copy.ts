import type { StoreSetting } from "../../protocol/machine.ts";
import type { RepairRisk } from "../../protocol/repair.ts";
import type { AdviceStep } from "../../protocol/report.ts";
import { COW_SEGMENTS } from "../verdict/advice.ts";
import { withNames } from "../verdict/subject.ts";
import { fileWord, safeBlock } from "./commands.ts";

/** A repaired copy, as whoever is to read it knows it. */
export interface RepairedCopy {
  file: string;
  setting: StoreSetting;
  risk: RepairRisk | null;
  /** Of its header, in sectors. */
  chunkSize: number;
  /** Whether the snapshot can be read through it: not where valid is 0. */
  reads: boolean;
  /** Of the snapshot device, in sectors; null: as long as the origin. */
  sectors: bigint | null;
}

/** What a repaired copy is good for: read without root, read by the kernel, put back. */
export function stepsWithCopy(copy: RepairedCopy): readonly AdviceStep[] {
  const steps = copy.reads ? [readImage(copy), readDevice(copy), putBack(copy)] : [putBack(copy)];
  return withNames(steps, copy.setting.subject);
}

const ORIGIN = "/dev/VG/ORIGIN";

/** Whether withNames knows what to put in the place of ORIGIN. */
const knowsOrigin = ({ setting: { subject } }: RepairedCopy): boolean =>
  subject !== null && subject.origin !== null && !/^[-/]/.test(subject.vg);

function readImage(copy: RepairedCopy): AdviceStep {
  const command = `cowscope snapshot ${fileWord(copy.file)} --origin ${ORIGIN} --out snapshot.img`;
  return {
    text: "Read the copy together with its origin, as one image; both are only read. The origin, or a copy of it, must not be written to meanwhile: do not mount it.",
    commands: [knowsOrigin(copy) ? command : `# ${command}`],
    destroys: null,
  };
}

/** snapshot_ctr() takes a read-only COW device where the table is read-only. */
function readDevice(copy: RepairedCopy): AdviceStep {
  const file = fileWord(copy.file);
  const length = copy.sectors === null ? `$(blockdev --getsz "$ORIGIN")` : `${copy.sectors}`;
  return {
    text: `Or have the kernel read it, as a device that nobody can write to${
      knowsOrigin(copy) ? "" : "; set `ORIGIN` to the device of the origin before"
    } (a filesystem whose journal was not replayed is mounted with \`ro,noload\` on ext4, with \`ro,norecovery\` on XFS).`,
    commands: [
      safeBlock([
        ...(knowsOrigin(copy) ? [`ORIGIN=${ORIGIN}`] : []),
        `[ -b "$ORIGIN" ] || stop "ORIGIN is no block device: \${ORIGIN:-not set}"`,
        `COW=$(losetup --find --show --read-only ${file}) || stop 'no loop device'`,
        `dmsetup create cow-copy --readonly --table "0 ${length} snapshot $ORIGIN $COW P ${copy.chunkSize}" || { losetup -d "$COW"; stop 'the kernel does not take it'; }`,
      ]),
      "# mount -o ro /dev/mapper/cow-copy /mnt",
      `# dmsetup remove cow-copy && losetup -d "$(losetup --noheadings --output NAME --associated ${file})"`,
    ],
    destroys: null,
  };
}

/** Under an active snapshot the kernel keeps the table in memory, and writes over what was put there. */
function putBack({ file, setting, risk }: RepairedCopy): AdviceStep {
  const from = `# dd if=${fileWord(file)}`;
  const evidence =
    "what stands on the COW device now, which is also what tells how it came about: keep a copy of it";
  return {
    text: `Only if the snapshot itself must be had again: put the copy back, while neither origin nor snapshot is active${
      setting.merging === null
        ? " (COW_DEVICE is what the table line named)."
        : " (linear segments, all numbers in bytes; one dd for each segment, START and SIZE as lvs prints them)."
    }`,
    commands:
      setting.merging === null
        ? [`${from} of=COW_DEVICE bs=1M conv=notrunc,fsync`]
        : [
            ...COW_SEGMENTS.map((command) => `# ${command}`),
            `${from} of=PV bs=1M conv=notrunc,fsync iflag=skip_bytes,count_bytes oflag=seek_bytes skip=$((START)) count=$((SIZE)) seek=$((PE_START + FIRST_EXTENT * EXTENT_SIZE))`,
          ],
    destroys:
      risk === "high"
        ? `${evidence}. Nothing on the disk says any more that what the snapshot reads is not to be trusted, and it must not be merged`
        : evidence,
  };
}
