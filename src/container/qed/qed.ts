import { MappedSource } from "../../source/mapped-source.ts";
import { openBacking } from "../backing.ts";
import { expectWhole } from "../cut-off.ts";
import { ImageFile } from "../image-file.ts";
import { text } from "../qcow2/extensions.ts";
import { BlockMap } from "../tables/block-map.ts";
import type { ContainerProblem, Peers, Unwrapped, Wrapper } from "../wrapper.ts";
import { QedClusters } from "./qed-clusters.ts";

/** "QED\0" */
const MAGIC = 0x00444551;
const HEADER_BYTES = 64;
const HAS_BACKING = 1n;
const NEEDS_CHECK = 2n;
const RAW_BACKING = 4n;
const KNOWN = HAS_BACKING | NEEDS_CHECK | RAW_BACKING;
const MOST_NAME_BYTES = 1023;

/**
 * QEMU's enhanced disk (docs/interop/qed_spec.txt); all numbers in it are little endian.
 * @param wrappers what a backing file may be, besides raw.
 */
export function qedOver(wrappers: () => readonly Wrapper[]): Wrapper {
  return {
    kind: "qed",
    matches(head) {
      const view = new DataView(head.buffer, head.byteOffset, head.length);
      return head.length >= HEADER_BYTES && view.getUint32(0, true) === MAGIC;
    },
    open(source, where, peers) {
      const file = new ImageFile(source, "qed", where);
      return file.opened(() => open(file, peers, wrappers()));
    },
  };
}

async function open(
  file: ImageFile,
  peers: Peers,
  wrappers: readonly Wrapper[],
): Promise<Unwrapped> {
  const view = await file.read(0, HEADER_BYTES, "its header");
  const features = view.getBigUint64(16, true);
  if (features & ~KNOWN) refuseFeature(file, features & ~KNOWN);
  const clusterBytes = powerOfTwo(file, view.getUint32(4, true), 12, 26, "clusters");
  const tableClusters = powerOfTwo(file, view.getUint32(8, true), 0, 4, "tables");
  const size = file.number(view.getBigUint64(48, true), Number.MAX_SAFE_INTEGER, "the disk's size");
  const tableBytes = tableClusters * clusterBytes;
  const perTable = tableBytes / 8;
  // One table is all that a disk has on the first level.
  const needed = Math.ceil(size / (perTable * clusterBytes));
  if (needed > perTable)
    file.damaged(`a disk of ${size} bytes`, "one that its tables can describe");
  const l1At = file.number(view.getBigUint64(40, true), Number.MAX_SAFE_INTEGER, "the L1 table");
  const l1 = await file.read(l1At, needed * 8, "its L1 table");
  const backing = features & HAS_BACKING ? await backingOf(file, view, peers, wrappers) : null;
  const clusters = new QedClusters(file.source, size, { clusterBytes, perTable }, l1, backing);
  const cut = await expectWhole(file, clusters, "the QED", peers);
  return {
    source: new MappedSource(new BlockMap(clusters)),
    problems: [...needsCheck(file, features), ...(backing?.problems ?? []), ...cut],
    peers: backing?.peers ?? [],
  };
}

function powerOfTwo(file: ImageFile, value: number, least: number, most: number, what: string) {
  const bits = Math.log2(value);
  if (Number.isInteger(bits) && bits >= least && bits <= most) return value;
  return file.damaged(`${what} of ${value}`, `2^${least} to 2^${most}`);
}

async function backingOf(
  file: ImageFile,
  view: DataView,
  peers: Peers,
  wrappers: readonly Wrapper[],
) {
  const length = file.number(BigInt(view.getUint32(60, true)), MOST_NAME_BYTES, "the backing name");
  const name = text(await file.read(view.getUint32(56, true), length, "the backing file's name"));
  const isRaw = (view.getBigUint64(16, true) & RAW_BACKING) !== 0n;
  return openBacking(file, name, isRaw ? "raw" : null, peers, wrappers);
}

function needsCheck(file: ImageFile, features: bigint): ContainerProblem[] {
  if (!(features & NEEDS_CHECK)) return [];
  return [
    file.problem({
      code: "dirty",
      message: "it was not closed: clusters may be lost to it, which does not matter for reading",
      expected: "the bit for a needed check is clear",
      found: "it is set",
      todo: "Nothing, if the machine is stopped. If it runs, copy the image after it has stopped.",
    }),
  ];
}

function refuseFeature(file: ImageFile, bits: bigint): never {
  return file.refuse({
    code: "feature",
    message: `it needs a feature that is not known here (bits 0x${bits.toString(16)})`,
    expected: `features 0x${KNOWN.toString(16)}`,
    found: `0x${bits.toString(16)}`,
    todo: "Convert it with the program that wrote it.",
  });
}
