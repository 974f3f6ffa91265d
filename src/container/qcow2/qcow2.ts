import type { BlockSource } from "../../source/block-source.ts";
import { MappedSource } from "../../source/mapped-source.ts";
import { type Backing, openBacking } from "../backing.ts";
import { cutOff } from "../cut-off.ts";
import { ImageFile } from "../image-file.ts";
import { BlockMap } from "../tables/block-map.ts";
import { Runs } from "../tables/runs.ts";
import type { ContainerProblem, Peers, Unwrapped, Wrapper } from "../wrapper.ts";
import { type ClusterSources, Clusters, type DiskState } from "./clusters.ts";
import { firstByteBehindTheEnd } from "./cut.ts";
import { type DataFile, openDataFile } from "./data-file.ts";
import { type Extensions, readExtensions } from "./extensions.ts";
import { expectReadable, stateProblems } from "./features.ts";
import { EXTENDED_L2, MAGIC, type Qcow2Header, readHeader } from "./header.ts";
import { readInternalSnapshots } from "./internal-snapshots.ts";

/** @param wrappers what a backing file may be, besides raw. */
export function qcow2Over(wrappers: () => readonly Wrapper[]): Wrapper {
  return {
    kind: "qcow2",
    matches(head) {
      const view = new DataView(head.buffer, head.byteOffset, head.length);
      return head.length >= 72 && view.getUint32(0) === MAGIC && view.getUint32(4) > 1;
    },
    open(source, where, peers) {
      const file = new ImageFile(source, "qcow2", where);
      return file.opened(() => open(file, peers, wrappers()));
    },
  };
}

async function open(
  file: ImageFile,
  peers: Peers,
  wrappers: readonly Wrapper[],
): Promise<Unwrapped> {
  const header = await readHeader(file);
  const extensions = await readExtensions(file, header);
  expectReadable(file, header, extensions);
  const state = await readState(file, header);
  const data = await openDataFile(file, header, extensions, peers);
  const backing = await backingOf(file, extensions, peers, wrappers);
  const sources = clusterSources(file, header, data, backing);
  return {
    source: diskOf(state, sources, data),
    problems: [
      ...stateProblems(file, header),
      ...data.problems,
      ...(backing?.problems ?? []),
      ...(await expectNotCut(file, header, state, sources, peers)),
      ...(await otherStates(file, header)),
    ],
    peers: [...data.peers, ...(backing?.peers ?? [])],
    ...(extensions.packed && { packed: extensions.packed }),
  };
}

/** The disk as it is now. @throws if its L1 table cannot be had */
async function readState(file: ImageFile, header: Qcow2Header): Promise<DiskState> {
  const { clusterBits, l1, size, incompatible } = header;
  const entryBytes = incompatible & EXTENDED_L2 ? 16 : 8;
  const bytesAnEntry = (2 ** clusterBits / entryBytes) * 2 ** clusterBits;
  const needed = Math.ceil(size / bytesAnEntry);
  if (needed > l1.entries) {
    file.damaged(`an L1 table of ${l1.entries} entries`, `${needed}, for a disk of ${size} bytes`);
  }
  return { size, l1: await file.read(l1.offset, needed * 8, "its L1 table") };
}

function backingOf(
  file: ImageFile,
  { backingName, backingFormat }: Extensions,
  peers: Peers,
  wrappers: readonly Wrapper[],
): Promise<Backing> | null {
  return backingName ? openBacking(file, backingName, backingFormat, peers, wrappers) : null;
}

function clusterSources(
  file: ImageFile,
  { version, clusterBits, incompatible, compression }: Qcow2Header,
  data: DataFile,
  backing: Backing | null,
): ClusterSources {
  const extended = (incompatible & EXTENDED_L2) !== 0n;
  return {
    file: file.source,
    format: { version, clusterBits, extended, externalData: data.isExternal },
    compression: compression === 1 ? "zstd" : "deflate",
    data: data.source,
    dataWhy: data.why,
    backing,
  };
}

function diskOf(state: DiskState, sources: ClusterSources, data: DataFile): BlockSource {
  if (!data.isDisk || !data.source) {
    return new MappedSource(new BlockMap(new Clusters("qcow2", sources, state)));
  }
  const whole = { from: "child", child: 0, offset: 0, length: state.size } as const;
  return new MappedSource(new Runs("qcow2", [data.source], [whole]));
}

/** Refused, unless `peers.partial`: what is missing is no zeros, as which qemu reads it. */
async function expectNotCut(
  file: ImageFile,
  header: Qcow2Header,
  state: DiskState,
  sources: ClusterSources,
  peers: Peers,
): Promise<ContainerProblem[]> {
  const from = await firstByteBehindTheEnd(file, header, state, sources);
  if (from === null) return [];
  return [file.lacks(cutOff("the qcow2", "clusters", from, file.size), peers.partial)];
}

async function otherStates(file: ImageFile, header: Qcow2Header): Promise<ContainerProblem[]> {
  const snapshots = await readInternalSnapshots(file, header);
  if (snapshots.length === 0) return [];
  const names = snapshots.map(({ name }) => `"${name}"`).join(", ");
  return [
    file.problem({
      code: "internal-snapshots",
      message: `it also holds ${header.snapshots.count} internal snapshots (${names}): what is read is the disk as it is now`,
      expected: "one state of the disk",
      found: names,
      todo: "To read one of them: qemu-img convert -l SNAPSHOT -O raw IMAGE DISK.raw, and open that.",
    }),
  ];
}
