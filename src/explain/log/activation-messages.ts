import type { FindingCode } from "../../protocol/finding.ts";
import { ERRNO, type MessageKind, SNAPSHOT, TABLE } from "./message-kind.ts";

/** What read_header() and chunk_size_error() say of a chunk size, and what a check calls it. */
function chunkSizeFinding(size: string, why: string): FindingCode {
  if (why.includes("too high")) return "header.chunk-size.too-high";
  if (why.includes("blocksize")) return "header.chunk-size.block-size";
  return size === "0" ? "header.chunk-size.zero" : "header.chunk-size.not-power-of-2";
}

/** What an errno behind "Failed to read snapshot metadata" comes from (persistent_read_metadata()). */
const METADATA_ERRNO: ReadonlyMap<string, [means: string, FindingCode[]]> = new Map([
  [
    "EIO",
    [
      "The header or an area could not be read: the device has a bad place, or it ends before its table does.",
      ["area.beyond-device", "store.truncated"],
    ],
  ],
  ["ENXIO", ["The header does not begin with “SnAp”.", ["header.magic.wrong"]]],
  [
    "EINVAL",
    [
      "The header's version or chunk size is refused.",
      ["header.version.unknown", "header.chunk-size.zero", "race.header.torn"],
    ],
  ],
  ["ENOMEM", ["The buffers for one chunk could not be had.", ["header.chunk-size.memory"]]],
]);

const COPY = "Copy the COW device before anything activates it again, and check the copy.";

/** Messages of snapshot_ctr() and of the persistent store while it is read. */
export const ACTIVATION_MESSAGES: readonly MessageKind[] = [
  {
    id: "activation.magic",
    pattern: new RegExp(`^${SNAPSHOT}Invalid(?: or |/)corrupt snapshot`),
    counts: "own",
    say: () => ({
      severity: "fatal",
      means: "The header does not begin with “SnAp”: the kernel refuses the store.",
      findings: ["header.magic.wrong", "race.header.exception", "race.header.torn"],
      next: COPY,
    }),
  },
  {
    id: "activation.version",
    pattern: new RegExp(`^${SNAPSHOT}unable to handle snapshot disk version (-?\\d+)`),
    counts: "own",
    say: (version = "") => ({
      severity: "fatal",
      means: `The header's version is ${version}; no kernel knows another than 1.`,
      findings: ["header.version.unknown", "race.header.torn", "race.header.exception"],
      next: COPY,
    }),
  },
  {
    id: "activation.chunk-size",
    pattern: new RegExp(`^${SNAPSHOT}invalid on-disk chunk size (\\d+): (.*)`),
    counts: "own",
    say: (size = "", why = "") => ({
      severity: "fatal",
      means: `The header's chunk size, ${size} sectors, is refused: ${why.replace(/\.$/, "").toLowerCase()}.`,
      findings: [chunkSizeFinding(size, why), "race.header.torn"],
      next: `${COPY} Kernels before 2.6.31 do not look at this number and can crash on it.`,
    }),
  },
  {
    id: "activation.overrides",
    pattern: new RegExp(
      `^${SNAPSHOT}chunk size (\\d+) in device metadata overrides table chunk size of (\\d+)`,
    ),
    counts: "own",
    say: (header = "", table = "") => ({
      severity: "note",
      means: `The header says chunks of ${header} sectors, the table ${table}. Alone this is harmless, the header's is used; where LVM wrote the table, both should be the same.`,
      findings: ["header.chunk-size.overrides-table", "header.chunk-size.contradicted"],
      next: "Compare with `lvs -o lv_name,chunk_size`.",
    }),
  },
  {
    id: "activation.invalid",
    pattern: new RegExp(`^${SNAPSHOT}[Ss]napshot is marked invalid`),
    counts: "own",
    say: () => ({
      severity: "problem",
      means:
        "The header says valid = 0: this snapshot was given up earlier, most often because it ran full.",
      findings: ["header.valid.zero", "store.full"],
      next: "Look further back in the log for why: “Invalidating snapshot”.",
    }),
  },
  {
    id: "activation.metadata",
    pattern: new RegExp(`^${TABLE}Failed to read snapshot metadata${ERRNO}`),
    counts: "own",
    say: (errno = "") => {
      const [means, findings] = METADATA_ERRNO.get(errno) ?? [
        "The lines before it say what; without one, the header or an area could not be read.",
        ["area.beyond-device", "store.truncated", "header.magic.wrong"],
      ];
      return {
        severity: "fatal",
        means: `The snapshot was not activated. ${means}`,
        findings,
        next: COPY,
      };
    },
  },
  {
    id: "activation.new-snapshot",
    pattern: new RegExp(`^${SNAPSHOT}zero_(?:disk_)?area\\((\\d+)\\) failed`),
    counts: "own",
    say: () => ({
      severity: "fatal",
      means:
        "The kernel took the store for a new one (its header is all zero), had written a new header, and could not write an empty area behind it.",
      findings: ["header.magic.zero", "race.header.zeroed", "store.truncated"],
      next: "What lay in chunk 0 is overwritten by now. Look for a copy of the device from before.",
    }),
  },
  {
    id: "activation.write-header",
    pattern: new RegExp(`^${SNAPSHOT}write_header failed`),
    counts: "own",
    say: () => ({
      severity: "fatal",
      means:
        "The kernel took the store for a new one (its header is all zero) and could not write a header.",
      findings: ["header.magic.zero", "race.header.zeroed"],
      next: "Look at the disk under the COW device: it refuses writes.",
    }),
  },
  {
    id: "activation.hash-table",
    pattern: new RegExp(`^${TABLE}Unable to allocate hash table space`),
    counts: "own",
    say: () => ({
      severity: "fatal",
      means:
        "No memory for the exception table, or, before 2.6.32, a COW device that is shorter than one chunk of its table.",
      findings: ["store.truncated", "table.chunk-size.refused"],
      next: "Compare the COW device's size with the chunk size: `dmsetup table`, `blockdev --getsz`.",
    }),
  },
  {
    id: "activation.table-chunk",
    pattern: new RegExp(
      `^${TABLE}(Invalid chunk size|Chunk size is not a power of 2|Chunk size is not a multiple of device blocksize|Chunk size is too high|Chunk size not set)`,
    ),
    counts: "own",
    say: (why = "") => ({
      severity: "fatal",
      means: `The chunk size in the table line is refused (${why.toLowerCase()}); the store was not looked at.`,
      findings: ["table.chunk-size.refused"],
      next: "Look at the table line that was loaded, not at the store.",
    }),
  },
  {
    id: "activation.exception-store",
    pattern: new RegExp(`^${TABLE}Couldn't create exception store${ERRNO}`),
    counts: "own",
    say: () => ({
      severity: "fatal",
      means:
        "The table line's last words (P or N, chunk size) were refused; the store was not looked at.",
      findings: ["table.chunk-size.refused"],
      next: "Look at the table line that was loaded, not at the store.",
    }),
  },
  {
    id: "activation.devices",
    pattern: new RegExp(
      `^${TABLE}(COW device cannot be the same as origin device|Cannot get COW device|Cannot get origin device)`,
    ),
    counts: "own",
    say: (why = "") => ({
      severity: "fatal",
      means: `The table line's devices were refused (${why}); the store was not looked at.`,
      findings: [],
      next: "Look whether the devices of the table line exist and who holds them: `lsblk`, `dmsetup ls --tree`.",
    }),
  },
];
