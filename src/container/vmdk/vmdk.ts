import { type Backing, openBacking } from "../backing.ts";
import { cutOff } from "../cut-off.ts";
import { ImageFile } from "../image-file.ts";
import type { ContainerProblem, Peers, Unwrapped, Wrapper } from "../wrapper.ts";
import { type Descriptor, isDescriptor, parseDescriptor } from "./descriptor.ts";
import { assembleExtents } from "./extents.ts";
import { openSparseExtent } from "./sparse-extent.ts";
import { COWD, KDMV, readSparseHeader, SE_SPARSE, type SparseHeader } from "./sparse-header.ts";

/** @param wrappers what the parent of an overlay may be. */
export function vmdkOver(wrappers: () => readonly Wrapper[]): Wrapper {
  return {
    kind: "vmdk",
    matches(head) {
      if (head.length < 64) return false;
      const magic = new DataView(head.buffer, head.byteOffset).getUint32(0, true);
      return [KDMV, COWD, SE_SPARSE].includes(magic) || isDescriptor(head);
    },
    open(source, where, peers) {
      const file = new ImageFile(source, "vmdk", where);
      return file.opened(() => open(file, peers, wrappers()));
    },
  };
}

/** Longer texts are none: a line for each 2 GiB of 64 TiB fits in. */
const MOST_TEXT_BYTES = 4 << 20;

async function open(
  file: ImageFile,
  peers: Peers,
  wrappers: readonly Wrapper[],
): Promise<Unwrapped> {
  const { header, descriptor } = await describe(file);
  const parent = await parentOf(file, descriptor, peers, wrappers);
  const problems = parent.problems;
  const used = parent.backing?.peers ?? [];
  if (header && header.capacity > 0) {
    const base = parent.backing ? { backing: parent.backing, offset: 0 } : null;
    const { source, missingFrom } = await openSparseExtent(file, header, base);
    if (missingFrom !== null) {
      const trouble = cutOff("the VMDK", "grains", missingFrom, file.size);
      problems.push(file.lacks(trouble, peers.partial));
    }
    if (!descriptor) problems.push(partAlone(file));
    return { source, problems, peers: used };
  }
  const disk = await assembleExtents(file, descriptor?.extents ?? [], parent.backing, peers);
  const all = [...problems, ...disk.problems];
  return { source: disk.source, problems: all, peers: [...disk.peers, ...used] };
}

interface Described {
  /** null: the file is the descriptor's text and nothing else. */
  header: SparseHeader | null;
  /** null: a part of a disk whose descriptor is another file. */
  descriptor: Descriptor | null;
}

async function describe(file: ImageFile): Promise<Described> {
  const length = Math.min(file.size, MOST_TEXT_BYTES);
  const start = await file.read(0, Math.min(length, 64), "its descriptor");
  if (isDescriptor(new Uint8Array(start.buffer, start.byteOffset, start.byteLength))) {
    return { header: null, descriptor: await readDescriptor(file, 0, length) };
  }
  const header = await readSparseHeader(file);
  const text = header.descriptor;
  const descriptor = text
    ? await readDescriptor(file, text.offset, Math.min(text.length, MOST_TEXT_BYTES))
    : null;
  // qemu leaves room for one in each part of a disk.
  return { header, descriptor: descriptor?.extents.length ? descriptor : null };
}

async function readDescriptor(file: ImageFile, offset: number, length: number) {
  const view = await file.read(offset, length, "its descriptor");
  return parseDescriptor(file, new Uint8Array(view.buffer, view.byteOffset, length));
}

/** The disk that this one is an overlay of; null: none. */
async function parentOf(
  file: ImageFile,
  descriptor: Descriptor | null,
  peers: Peers,
  wrappers: readonly Wrapper[],
): Promise<{ backing: Backing | null; problems: ContainerProblem[] }> {
  const { parentId = null, parentName = null } = descriptor ?? {};
  if (parentId === null) return { backing: null, problems: [] };
  const name = parentName ?? "(no name)";
  const backing = await openBacking(file, name, "vmdk", peers, wrappers);
  const problems = [...backing.problems];
  const found = await peers.find(name);
  const parent = found && backing.source ? new ImageFile(found, file.kind, name) : null;
  const id = parent ? (await describe(parent)).descriptor?.contentId : parentId;
  if (id !== parentId) problems.push(parentChanged(file, name, parentId, id ?? "none"));
  return { backing, problems };
}

function parentChanged(file: ImageFile, name: string, expected: string, found: string) {
  return file.problem({
    code: "parent-changed",
    message: `its parent ${name} was written to after the overlay was made: what is read may never have been on the disk`,
    expected: `content id ${expected}`,
    found: `content id ${found}`,
    todo: "Look for the parent as it was then: a backup, another copy.",
  });
}

function partAlone(file: ImageFile): ContainerProblem {
  return file.problem({
    code: "part",
    message: "it has no descriptor of its own: it may be only a part of a disk",
    expected: "the small text file that names all parts",
    found: "one part",
    todo: "Hand over all files of the virtual machine's disk together.",
  });
}
