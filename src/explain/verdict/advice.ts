import type { AdviceStep } from "../../protocol/report.ts";

/**
 * What to type, as data: the same steps on the page, in the command and in a report. A block of
 * commands is safe to paste whole: it begins with a copy, and whatever destroys or is one of several
 * ways stands behind a `#`. Every command here is run by testing/advice.test.ts on a copy.
 */

/** Refuses to overwrite a copy that was made before (conv=excl, dd(1)). */
export const COPY: AdviceStep = {
  text: "Copy the COW device first, and work on the copy.",
  commands: ["dd if=/dev/mapper/VG-SNAP-cow of=cow.img bs=1M conv=excl"],
  destroys: null,
};

/** persistent_commit_exception(): what stands in the table was copied before it was written there. */
export const RESCUE: AdviceStep = {
  text: "What was copied before is still in the copy: a rescue tells which bytes of the origin those are, and takes them out.",
  commands: [],
  destroys: null,
  by: "rescue",
};

/** mount(8): read-only keeps the filesystem from writing to the snapshot. */
export const MOUNT: AdviceStep = {
  text: "Mount the snapshot read-only, and copy out what still reads right.",
  commands: ["# mount -o ro /dev/VG/SNAP /mnt"],
  destroys: null,
};

/** lvremove(8): the snapshot is gone for good; the origin keeps what it holds now. */
export const REMOVE: AdviceStep = {
  text: "Only when the copy is safe: give the snapshot up.",
  commands: ["# lvremove VG/SNAP"],
  destroys: "the snapshot with everything in it; the origin stays as it is now",
};

/**
 * The bytes of the COW device, while the volume group stays inactive: lvs and pvs only read LVM's
 * metadata. A segment starts at pe_start + first extent × extent size on its physical volume.
 */
export const COW_SEGMENTS = [
  "lvs -a --units b --nosuffix --sort seg_start -o seg_start,seg_size,seg_pe_ranges,vg_extent_size VG/SNAP",
  "pvs --units b --nosuffix -o pv_name,pe_start",
] as const;

/**
 * Segments can only be written into a file that is there already, so conv=excl is of no use: the
 * copy has its name once it is whole, and a copy that was made before is looked for each time.
 */
const NO_COPY_YET = "[ ! -e cow.img ] &&";

const WITHOUT_ACTIVATING: AdviceStep = {
  text: "Copy the COW device without activating it: ask LVM where it lies, then copy each of its segments from the physical volume (linear segments, all numbers in bytes; one dd for each segment, START and SIZE as lvs prints them), and name the copy when all are there. A copy that was made before is left alone.",
  commands: [
    ...COW_SEGMENTS,
    `# ${NO_COPY_YET} : > cow.img.part`,
    `# ${NO_COPY_YET} dd if=PV of=cow.img.part bs=1M conv=notrunc iflag=skip_bytes,count_bytes oflag=seek_bytes skip=$((PE_START + FIRST_EXTENT * EXTENT_SIZE)) count=$((SIZE)) seek=$((START))`,
    `# ${NO_COPY_YET} mv -n cow.img.part cow.img`,
    "# or read it in place: dmsetup create cow-ro --readonly --table '0 SIZE_IN_SECTORS linear PV START_IN_SECTORS'",
  ],
  destroys: null,
};

/** Udev's 69-lvm.rules run `vgchange -aay`; lvm.conf(5) says that an empty list stops exactly that. */
const STAY_INACTIVE: AdviceStep = {
  text: "Many rescue systems activate every volume group by themselves while they boot, and that would be the activation to avoid. Keep them from it: before the disk is attached, put `auto_activation_volume_list = []` into the section `activation` of `/etc/lvm/lvm.conf`, and run no plain `vgchange -ay`.",
  commands: [],
  destroys: null,
};

/** For stores that must not be activated, or that keep their volume group from it. */
export const WAY_OUT: readonly AdviceStep[] = [STAY_INACTIVE, WITHOUT_ACTIVATING];

/** A u32 as printf(1) takes it, lowest byte first. */
const octal = (value: number): string =>
  [0, 8, 16, 24].map((by) => `\\${((value >>> by) & 255).toString(8).padStart(3, "0")}`).join("");

/**
 * struct disk_header in dm-snap-persistent.c, put into a copy.
 * @param chunkSize in sectors. @param valid 0 shows the snapshot as invalid, 1 lets it be read.
 */
export function restoreHeader(chunkSize: number, valid: 0 | 1): AdviceStep {
  const fields = `SnAp${octal(valid)}${octal(1)}${octal(chunkSize)}`;
  const what =
    valid === 0
      ? "valid 0: it then activates as an invalid snapshot, which is what the kernel wanted to write"
      : "valid 1: what it reads is right only if the origin was not written to since it was last active";
  return {
    text: `Put a right header into a second copy (magic “SnAp”, ${what}, version 1, chunk size ${chunkSize}), and check that copy here before anything is done with it.`,
    commands: [
      "cp --sparse=always --no-clobber cow.img copy.img",
      `# printf '${fields}' | dd of=copy.img bs=1 conv=notrunc`,
    ],
    destroys: "the 16 bytes that stand in the header's place, in that copy only",
  };
}

/** The steps as one paragraph, for `verdict.action`; what a step destroys comes before its commands. */
export function actionText(lead: string, steps: readonly AdviceStep[]): string {
  const parts = steps.map(({ text, commands, destroys }) => {
    const lost = destroys === null ? "" : ` This destroys ${destroys}.`;
    const typed = commands.map((command) => ` \`${command}\``).join("");
    return `${text}${lost}${typed}`;
  });
  return [lead, ...parts].filter((part) => part !== "").join(" ");
}
