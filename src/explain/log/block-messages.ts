import type { MessageKind } from "./message-kind.ts";

const NEXT = "Compare the device's size with what the table needs: `lvs -o lv_size,data_percent`.";

/** What the block layer and dm's ioctl say of any device: it counts beside a snapshot's message. */
export const BLOCK_MESSAGES: readonly MessageKind[] = [
  {
    id: "block.beyond-end",
    pattern: /^(?:\S+: )?attempt to access beyond end of device$/,
    counts: "company",
    say: () => ({
      severity: "problem",
      means:
        "Something was read or written behind the end of a device: an area of the table or a chunk that lies past it.",
      findings: ["area.beyond-device", "exception.new.beyond-device", "store.cut-by-resize"],
      next: NEXT,
    }),
  },
  {
    id: "block.beyond-end.where",
    pattern: /^(\S+): rw=\d+, (?:sector|want)=(\d+),(?: nr_sectors = \d+)? limit=(\d+)$/,
    counts: "company",
    say: (device = "", sector = "", limit = "") => ({
      severity: "problem",
      means: `On ${device}, at sector ${sector}; it ends at sector ${limit}.`,
      findings: ["area.beyond-device", "exception.new.beyond-device", "store.cut-by-resize"],
      next: NEXT,
    }),
  },
  {
    id: "block.beyond-end.more",
    pattern: /^bio_check_eod: (\d+) callbacks suppressed$/,
    counts: "company",
    say: (count = "") => ({
      severity: "problem",
      means: `${count} more such lines were left out by the kernel.`,
      findings: ["area.beyond-device", "exception.new.beyond-device"],
      next: NEXT,
    }),
  },
  {
    id: "dm.table",
    pattern: /^device-mapper: ioctl: error adding target to table$/,
    counts: "company",
    say: () => ({
      severity: "fatal",
      means: "No device was made; the line before it says why.",
      findings: [],
      next: "Read the line before it.",
    }),
  },
];
