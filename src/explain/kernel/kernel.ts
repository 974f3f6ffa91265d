import type { Activation, ChunkSizeError, StoreFacts } from "../../protocol/facts.ts";
import { kernelAge } from "../../protocol/find-kernel.ts";
import type { KernelAge } from "../../protocol/kernel-age.ts";
import type { AgeOutcome, KernelOutcome } from "../../protocol/report.ts";
import { fateOf } from "./fate.ts";
import { kernelNames } from "./kernel-names.ts";

type Errno = NonNullable<KernelOutcome["errno"]>;

/** strerror() as dmsetup prints it. */
const STRERROR: Record<Errno, string> = {
  ENXIO: "No such device or address",
  EINVAL: "Invalid argument",
  EIO: "Input/output error",
  ENOMEM: "Cannot allocate memory",
};

/** dm_exception_store_set_chunk_size() in dm-exception-store.c: its *error texts. */
const CHUNK_SIZE_TEXT: Record<ChunkSizeError, string> = {
  "not-power-of-2": "Chunk size is not a power of 2",
  "not-blocks": "Chunk size is not a multiple of device blocksize",
  "too-high": "Chunk size is too high",
};

/** BUG_ON(new_min_nr <= 0) in mempool_resize(), through dm_io_client_resize(0). */
const MEMPOOL_BUG = "kernel BUG at mm/mempool.c";

/** BUG_ON in do_region() of 2.6.11, where a bio has no room for another page. */
const DM_IO_BUG = "kernel BUG at drivers/md/dm-io.c:148";

/** chunk_io() of 2.6.11 writes behind the end of its vmalloc area. */
const OVERRUN = "Unable to handle kernel paging request";

/** A kernel, and which of its targets the table line names. */
export type Asked = KernelAge & { target: "snapshot" | "snapshot-merge" };

/** What the kernel that was asked about does and prints on activation. */
export function kernelOutcome(
  facts: StoreFacts,
  target: Asked["target"] = "snapshot",
): KernelOutcome {
  return underAge(facts, facts.activation, { ...kernelAge(facts.options.kernel), target });
}

/** The same for every age, in the order of KERNEL_AGES; of ages that do the same, the newest leads. */
export function kernelOutcomes(facts: StoreFacts): AgeOutcome[] {
  const leads = new Map<string, string>();
  const newestFirst = facts.ages.toReversed().map(({ id, activation }) => {
    const age = kernelAge(id);
    const { tableChunk } = activation;
    const isAsked = tableChunk === facts.activation.tableChunk;
    const table = isAsked ? "" : `, table chunk ${tableChunk}`;
    const outcome = underAge(facts, activation, { ...age, target: "snapshot" });
    const fate = fateOf(activation, outcome);
    if (!leads.has(fate)) leads.set(fate, id);
    const sameAs = leads.get(fate) ?? id;
    return { age: id, kernels: kernelNames(age) + table, tableChunk, sameAs, ...outcome };
  });
  return newestFirst.reverse();
}

/** snapshot_ctr() and all below it, in order. */
function underAge(facts: StoreFacts, activation: Activation, age: Asked): KernelOutcome {
  return afterConstructor(activation, outcomeOf({ ...facts, activation }, age));
}

/**
 * dm_calculate_queue_limits() in dm-table.c, once the constructor has run, and perhaps written. Its
 * lines are dm's own and name the devices; they are not among those of a snapshot.
 */
function afterConstructor(activation: Activation, outcome: KernelOutcome): KernelOutcome {
  if (!outcome.activates || activation.aligned) return outcome;
  return { ...outcome, activates: false, errno: "EINVAL", dmsetup: STRERROR.EINVAL, status: null };
}

function outcomeOf(facts: StoreFacts, age: Asked): KernelOutcome {
  const { activation } = facts;
  const lines = overrideLine(activation, facts.header?.chunkSize ?? 0, age);
  switch (activation.outcome) {
    case "bad-table":
      return refused(lines, "EINVAL", age.badTableError ?? chunkSizeText(activation), age);
    case "no-table-chunk":
      return refused(lines, "EINVAL", "Invalid chunk size", age);
    case "no-hash-table":
      return refused(lines, "ENOMEM", "Unable to allocate hash table space", age);
    case "io-error":
      return failed(lines, "EIO", age);
    case "bad-magic":
      return failed([...lines, `${age.storePrefix} ${age.badMagicText}`], "ENXIO", age);
    case "bad-chunk-size":
      return failed([...lines, badChunkSizeLine(facts, age)], "EINVAL", age);
    case "bad-version": {
      const version = (facts.header?.version ?? 0) | 0;
      const line = `${age.storePrefix} unable to handle snapshot disk version ${version}`;
      return failed([...lines, line], "EINVAL", age);
    }
    case "no-memory":
      return failed(lines, "ENOMEM", age);
    case "crash":
      return { ...NOTHING, crash: MEMPOOL_BUG, dmesg: lines };
    case "invalid": {
      const line = `${age.snapshotPrefix} ${age.invalidText}`;
      return { ...NOTHING, activates: true, dmesg: [...lines, line], status: "Invalid" };
    }
    case "invalid-refused":
      return failed([...lines, `${age.storePrefix} ${age.invalidText}`], "EINVAL", age);
    case "buffer-overrun":
      return { ...NOTHING, crash: OVERRUN, dmesg: lines };
    case "dm-io-bug":
      return { ...NOTHING, crash: DM_IO_BUG, dmesg: lines };
    case "new":
    case "new-no-room":
      return newSnapshot(facts, lines, age);
    case "read-areas":
      return areasRead(facts, lines, age);
  }
}

const NOTHING: KernelOutcome = {
  activates: false,
  crash: null,
  errno: null,
  dmesg: [],
  dmsetup: null,
  status: null,
  writes: [],
};

/** read_metadata() fails, which before 2.6.19 nobody heeds. */
function failed(lines: string[], errno: Errno, age: Asked): KernelOutcome {
  if (!age.ignoresFailedRead) return refused(lines, errno, "Failed to read snapshot metadata", age);
  return { ...NOTHING, activates: true, dmesg: lines, status: "Invalid" };
}

/** snapshot_ctr() gives up: dm_table_add_target() prints ti->error, populate_table() its own line. */
function refused(lines: string[], errno: Errno, error: string, age: Asked): KernelOutcome {
  const target = age.tableLineNames ? ` table: MAJ:MIN: ${age.target}:` : "";
  const number = age.tableLineHasErrno ? ` (-${errno})` : "";
  const ioctl = age.tableLineNames ? " ioctl:" : "";
  return {
    ...NOTHING,
    errno,
    dmesg: [
      ...lines,
      `device-mapper:${target} ${error}${number}`,
      `device-mapper:${ioctl} error adding target to table`,
    ],
    dmsetup: STRERROR[errno],
  };
}

function overrideLine(activation: Activation, onDisk: number, age: KernelAge): string[] {
  if (!activation.overridesTable) return [];
  return [
    `${age.storePrefix} chunk size ${onDisk} in device metadata overrides table chunk size of ${activation.takenTableChunk}.`,
  ];
}

const chunkSizeText = ({ chunkSizeError }: Activation): string =>
  chunkSizeError ? CHUNK_SIZE_TEXT[chunkSizeError] : "";

function badChunkSizeLine({ activation, header }: StoreFacts, age: KernelAge): string {
  const text = chunkSizeText(activation);
  return `${age.storePrefix} invalid on-disk chunk size ${header?.chunkSize ?? 0}: ${text}.`;
}

/** persistent_read_metadata() sets up a new snapshot: write_header(), then zero_disk_area(0). */
function newSnapshot(
  { activation, sectors }: StoreFacts,
  lines: string[],
  age: Asked,
): KernelOutcome {
  const chunk = BigInt(activation.chunkSize);
  const header = { sector: "0", sectors: String(chunk), what: "header" };
  if (activation.outcome === "new-no-room") {
    const left = sectors - chunk;
    const area = { sector: String(chunk), sectors: String(left), what: "area, in part" };
    return {
      ...failed([...lines, `${age.storePrefix} ${age.zeroAreaText}`], "EIO", age),
      writes: chunk > BIO_SECTORS && left >= BIO_SECTORS ? [header, area] : [header],
    };
  }
  const status = statusLine(chunk * 2n, sectors, chunk * 2n, age);
  const area = { sector: String(chunk), sectors: String(chunk), what: "area" };
  return { ...NOTHING, activates: true, dmesg: lines, status, writes: [header, area] };
}

/**
 * do_region() in dm-io.c sends a chunk as bios of 256 pages and more, as pages happen to lie
 * together; those wholly on the device are written before the one that is not fails the request.
 * How much of a long area that is cannot be known: up to all of what is there.
 */
const BIO_SECTORS = 2048n;

/** read_exceptions(), and snapshot_status() with persistent_usage(). */
function areasRead(
  { activation, sectors }: StoreFacts,
  lines: string[],
  age: Asked,
): KernelOutcome {
  const { areas } = activation;
  if (!areas) return { ...NOTHING, dmesg: lines };
  if (areas.runOverflow) return { ...NOTHING, crash: age.runOverflowBug, dmesg: lines };
  if (areas.ioError) return failed(lines, "EIO", age);
  const status = statusLine(areas.sectorsAllocated, sectors, areas.metadataSectors, age);
  return { ...NOTHING, activates: true, dmesg: lines, status };
}

/** snapshot_status(); before 2.6.33 without the metadata sectors. */
export function statusLine(used: bigint, total: bigint, metadata: bigint, age: KernelAge): string {
  return age.statusHasMetadata ? `${used}/${total} ${metadata}` : `${used}/${total}`;
}
