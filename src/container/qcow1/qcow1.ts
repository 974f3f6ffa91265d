import { MappedSource } from "../../source/mapped-source.ts";
import { openBacking } from "../backing.ts";
import { expectWhole } from "../cut-off.ts";
import { ImageFile } from "../image-file.ts";
import { text } from "../qcow2/extensions.ts";
import { MAGIC } from "../qcow2/header.ts";
import { BlockMap } from "../tables/block-map.ts";
import type { Peers, Unwrapped, Wrapper } from "../wrapper.ts";
import { Qcow1Clusters } from "./qcow1-clusters.ts";

const HEADER_BYTES = 48;
/** 512 GiB in clusters of 4 KiB need 256 KiB. */
const MOST_L1_BYTES = 32 << 20;
const MOST_NAME_BYTES = 1023;

/**
 * The first version of qcow; all numbers in it are big endian.
 * @param wrappers what a backing file may be, besides raw.
 */
export function qcow1Over(wrappers: () => readonly Wrapper[]): Wrapper {
  return {
    kind: "qcow1",
    matches(head) {
      const view = new DataView(head.buffer, head.byteOffset, head.length);
      return head.length >= HEADER_BYTES && view.getUint32(0) === MAGIC && view.getUint32(4) === 1;
    },
    open(source, where, peers) {
      const file = new ImageFile(source, "qcow1", where);
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
  const place = (at: number, what: string) =>
    file.number(view.getBigUint64(at), Number.MAX_SAFE_INTEGER, what);
  if (view.getUint32(36) !== 0) refuseEncrypted(file, view.getUint32(36));
  const bits = { cluster: view.getUint8(32), l2: view.getUint8(33) };
  // qemu's limits (block/qcow.c: qcow_open).
  if (bits.cluster < 9 || bits.cluster > 16)
    file.damaged(`clusters of 2^${bits.cluster}`, "2^9 to 2^16");
  if (bits.l2 < 6 || bits.l2 > 13) file.damaged(`L2 tables of 2^${bits.l2} entries`, "2^6 to 2^13");
  const size = place(24, "the size of the disk");
  const entries = Math.ceil(size / 2 ** (bits.cluster + bits.l2));
  if (entries * 8 > MOST_L1_BYTES) file.damaged(`a disk of ${size} bytes`, "a smaller one");
  const l1 = await file.read(place(40, "the place of the L1 table"), entries * 8, "its L1 table");
  const backing = await backingOf(file, view, peers, wrappers);
  const clusters = new Qcow1Clusters(file.source, size, bits, l1, backing);
  const cut = await expectWhole(file, clusters, "the qcow", peers);
  return {
    source: new MappedSource(new BlockMap(clusters)),
    problems: [...(backing?.problems ?? []), ...cut],
    peers: backing?.peers ?? [],
  };
}

async function backingOf(
  file: ImageFile,
  view: DataView,
  peers: Peers,
  wrappers: readonly Wrapper[],
) {
  const offset = file.number(view.getBigUint64(8), Number.MAX_SAFE_INTEGER, "the backing name");
  if (offset === 0) return null;
  const length = file.number(
    BigInt(view.getUint32(16)),
    MOST_NAME_BYTES,
    "the backing name's length",
  );
  const name = text(await file.read(offset, length, "the backing file's name"));
  return openBacking(file, name, null, peers, wrappers);
}

function refuseEncrypted(file: ImageFile, method: number): never {
  return file.refuse({
    code: "encrypted",
    message: "it is encrypted (AES, the old method) and cannot be read without its key",
    expected: "an image that is not encrypted",
    found: `method ${method}`,
    todo: "Where the key is, convert it with qemu-img to a plain image, and open that.",
  });
}
