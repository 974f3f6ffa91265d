import type { Activation, ChunkSizeError, StoreFacts } from "../../protocol/facts.ts";
import { type KernelAge, kernelAge } from "../../protocol/kernel-ages.ts";
import type { AgeOutcome, KernelOutcome } from "../../protocol/report.ts";

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

const STORE_PREFIX = "device-mapper: persistent snapshot:";

/** What the kernel that was asked about does and prints on activation. */
export function kernelOutcome(facts: StoreFacts): KernelOutcome {
  return underAge(facts, facts.activation, kernelAge(facts.options.kernel));
}

/** The same for every age, in the order of KERNEL_AGES. */
export function kernelOutcomes(facts: StoreFacts): AgeOutcome[] {
  return facts.ages.map(({ id, activation }) => {
    const age = kernelAge(id);
    const { tableChunk } = activation;
    const table = tableChunk === facts.activation.tableChunk ? "" : `, table chunk ${tableChunk}`;
    return { age: id, kernels: age.kernels + table, ...underAge(facts, activation, age) };
  });
}

/** snapshot_ctr() and all below it, in order. */
function underAge(facts: StoreFacts, activation: Activation, age: KernelAge): KernelOutcome {
  const outcome = afterConstructor(activation, outcomeOf({ ...facts, activation }, age));
  if (age.tableLineHasErrno) return outcome;
  return { ...outcome, dmesg: outcome.dmesg.map((line) => line.replace(/ \(-E\w+\)$/, "")) };
}

/**
 * dm_calculate_queue_limits() in dm-table.c, once the constructor has run, and perhaps written. Its
 * lines are dm's own and name the devices; they are not among those of a snapshot.
 */
function afterConstructor(activation: Activation, outcome: KernelOutcome): KernelOutcome {
  if (!outcome.activates || activation.aligned) return outcome;
  return { ...outcome, activates: false, errno: "EINVAL", dmsetup: STRERROR.EINVAL, status: null };
}

function outcomeOf(facts: StoreFacts, age: KernelAge): KernelOutcome {
  const { activation } = facts;
  const lines = overrideLine(activation, facts.header?.chunkSize ?? 0);
  switch (activation.outcome) {
    case "bad-table":
      return failed(lines, "EINVAL", "Couldn't create exception store");
    case "io-error":
      return failed(lines, "EIO");
    case "bad-magic":
      return failed([...lines, `${STORE_PREFIX} Invalid or corrupt snapshot`], "ENXIO");
    case "bad-chunk-size":
      return failed([...lines, badChunkSizeLine(facts)], "EINVAL");
    case "bad-version": {
      const version = (facts.header?.version ?? 0) | 0;
      const line = `${STORE_PREFIX} unable to handle snapshot disk version ${version}`;
      return failed([...lines, line], "EINVAL");
    }
    case "no-memory":
      return failed(lines, "ENOMEM");
    case "crash":
      return { ...NOTHING, crash: MEMPOOL_BUG, dmesg: lines };
    case "invalid": {
      const line = "device-mapper: snapshots: Snapshot is marked invalid.";
      return { ...NOTHING, activates: true, dmesg: [...lines, line], status: "Invalid" };
    }
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

/** snapshot_ctr() gives up: ti->error is printed by dm_table_add_target(), with the errno. */
function failed(
  lines: string[],
  errno: Errno,
  error = "Failed to read snapshot metadata",
): KernelOutcome {
  return {
    ...NOTHING,
    errno,
    dmesg: [
      ...lines,
      `device-mapper: table: MAJ:MIN: snapshot: ${error} (-${errno})`,
      "device-mapper: ioctl: error adding target to table",
    ],
    dmsetup: STRERROR[errno],
  };
}

function overrideLine(activation: Activation, onDisk: number): string[] {
  if (!activation.overridesTable) return [];
  return [
    `${STORE_PREFIX} chunk size ${onDisk} in device metadata overrides table chunk size of ${activation.takenTableChunk}.`,
  ];
}

function badChunkSizeLine({ activation, header }: StoreFacts): string {
  const text = activation.chunkSizeError ? CHUNK_SIZE_TEXT[activation.chunkSizeError] : "";
  return `${STORE_PREFIX} invalid on-disk chunk size ${header?.chunkSize ?? 0}: ${text}.`;
}

/** persistent_read_metadata() sets up a new snapshot: write_header(), then zero_disk_area(0). */
function newSnapshot(
  { activation, sectors }: StoreFacts,
  lines: string[],
  age: KernelAge,
): KernelOutcome {
  const chunk = BigInt(activation.chunkSize);
  const header = { sector: "0", sectors: String(chunk), what: "header" };
  if (activation.outcome === "new-no-room") {
    const left = sectors - chunk;
    const area = { sector: String(chunk), sectors: String(left), what: "area, in part" };
    return {
      ...failed([...lines, `${STORE_PREFIX} zero_disk_area(0) failed`], "EIO"),
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
  age: KernelAge,
): KernelOutcome {
  const { areas } = activation;
  if (!areas) return { ...NOTHING, dmesg: lines };
  if (areas.runOverflow) return { ...NOTHING, crash: age.runOverflowBug, dmesg: lines };
  if (areas.ioError) return failed(lines, "EIO");
  const status = statusLine(areas.sectorsAllocated, sectors, areas.metadataSectors, age);
  return { ...NOTHING, activates: true, dmesg: lines, status };
}

/** snapshot_status(); before 2.6.33 without the metadata sectors. */
function statusLine(used: bigint, total: bigint, metadata: bigint, age: KernelAge): string {
  return age.statusHasMetadata ? `${used}/${total} ${metadata}` : `${used}/${total}`;
}
