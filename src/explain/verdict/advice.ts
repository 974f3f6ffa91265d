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
const WITHOUT_ACTIVATING: AdviceStep = {
  text: "Copy the COW device without activating it: ask LVM where it lies, then copy each of its segments from the physical volume (all numbers in bytes; one dd for each segment, START and SIZE as lvs prints them).",
  commands: [
    "lvs -a --units b --nosuffix -o seg_start,seg_size,seg_pe_ranges,vg_extent_size VG/SNAP",
    "pvs --units b --nosuffix -o pv_name,pe_start",
    "# dd if=PV of=cow.img bs=1M conv=notrunc iflag=skip_bytes,count_bytes oflag=seek_bytes skip=$((PE_START + FIRST_EXTENT * EXTENT_SIZE)) count=$((SIZE)) seek=$((START))",
    "# or read it in place: dmsetup create cow-ro --readonly --table '0 SIZE_IN_SECTORS linear PV START_IN_SECTORS'",
  ],
  destroys: null,
};

/** lvm.conf(5), dracut.cmdline(7). */
const STAY_INACTIVE: AdviceStep = {
  text: "Many rescue systems activate every volume group by themselves while they boot, and that would be the activation to avoid. Keep them from it: boot a dracut system with `rd.lvm=0`, or put an empty `auto_activation_volume_list` into the section `activation` of `/etc/lvm/lvm.conf` before the disk is attached.",
  commands: [],
  destroys: null,
};

/** For stores that must not be activated, or that keep their volume group from it. */
export const WAY_OUT: readonly AdviceStep[] = [STAY_INACTIVE, WITHOUT_ACTIVATING];

/** The steps as one paragraph, for `verdict.action`; what a step destroys comes before its commands. */
export function actionText(lead: string, steps: readonly AdviceStep[]): string {
  const parts = steps.map(({ text, commands, destroys }) => {
    const lost = destroys === null ? "" : ` This destroys ${destroys}.`;
    const typed = commands.map((command) => ` \`${command}\``).join("");
    return `${text}${lost}${typed}`;
  });
  return [lead, ...parts].filter((part) => part !== "").join(" ");
}
