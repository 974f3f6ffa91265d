import { MappedSource } from "../../source/mapped-source.ts";
import { cutOff, expectWhole } from "../cut-off.ts";
import { ImageFile } from "../image-file.ts";
import { BlockMap } from "../tables/block-map.ts";
import { BEHIND_THE_END } from "../tables/extent-list.ts";
import { type Run, Runs } from "../tables/runs.ts";
import type { ContainerProblem, Peers, Unwrapped, Wrapper } from "../wrapper.ts";
import {
  DYNAMIC,
  FIXED,
  FOOTER_BYTES,
  type Footer,
  isFooter,
  parseFooter,
  SHORT_FOOTER_BYTES,
} from "./footer.ts";
import { VhdBlocks } from "./vhd-blocks.ts";

/** "cxsparse" */
const DYNAMIC_COOKIE = 0x6378_7370_6172_7365n;
const DYNAMIC_BYTES = 1024;
/** More than any writer uses: 2 MiB is what all do. */
const MOST_BLOCK_BYTES = 256 << 20;

/** A disk of Virtual PC, Hyper-V or Azure: fixed (only a footer gives it away) or dynamic. */
export const vhd: Wrapper = {
  kind: "vhd",
  matches(head, tail) {
    const view = new DataView(head.buffer, head.byteOffset, Math.min(head.length, FOOTER_BYTES));
    return isFooter(view) || footerIn(tail) !== null;
  },
  open(source, where, peers) {
    const file = new ImageFile(source, "vhd", where);
    return file.opened(() => open(file, peers));
  },
};

/** The footer at the very end; null: there is none. */
function footerIn(tail: Uint8Array): DataView | null {
  for (const length of [FOOTER_BYTES, SHORT_FOOTER_BYTES]) {
    if (tail.length < length) continue;
    const view = new DataView(tail.buffer, tail.byteOffset + tail.length - length, length);
    if (isFooter(view)) return view;
  }
  return null;
}

async function open(file: ImageFile, peers: Peers): Promise<Unwrapped> {
  const length = Math.min(file.size, FOOTER_BYTES);
  const end = await file.read(file.size - length, length, "its footer");
  const atEnd = footerIn(new Uint8Array(end.buffer, end.byteOffset, length));
  const view = atEnd ?? (await file.read(0, length, "the copy of its footer"));
  if (!isFooter(view)) file.damaged("a footer whose checksum is wrong", "one that is right");
  const footer = parseFooter(file, view);
  if (footer.type === FIXED) return openFixed(file, footer, view, peers);
  if (footer.type === DYNAMIC) return openDynamic(file, footer, atEnd !== null, peers);
  return file.refuse({
    code: "type",
    message: `a VHD of type ${footer.type} cannot be read: 4 is an overlay over another VHD`,
    expected: "2 (fixed) or 3 (dynamic)",
    found: `${footer.type}`,
    todo: "Merge it with its parent where it was made (Hyper-V: Merge-VHD), and open the result.",
  });
}

function openFixed(file: ImageFile, { size }: Footer, footer: DataView, peers: Peers): Unwrapped {
  const there = file.size - footer.byteLength;
  const problems: ContainerProblem[] = [];
  if (there < size) {
    problems.push(file.lacks(cutOff("the VHD", "blocks", there, file.size), peers.partial));
  }
  // The footer is no part of the disk.
  const runs: Run[] = [{ from: "child", child: 0, offset: 0, length: Math.min(there, size) }];
  if (there < size) runs.push({ from: "hole", why: BEHIND_THE_END, length: size - there });
  return { source: new MappedSource(new Runs("vhd", [file.source], runs)), problems, peers: [] };
}

async function openDynamic(
  file: ImageFile,
  { size, headerAt }: Footer,
  hasFooter: boolean,
  peers: Peers,
): Promise<Unwrapped> {
  const at = file.number(headerAt, Number.MAX_SAFE_INTEGER, "the place of its header");
  const header = await file.read(at, DYNAMIC_BYTES, "its header");
  if (header.getBigUint64(0) !== DYNAMIC_COOKIE) file.damaged("no cxsparse", "cxsparse");
  const blockBytes = file.number(BigInt(header.getUint32(32)), MOST_BLOCK_BYTES, "the block size");
  if (blockBytes === 0 || blockBytes % 512 !== 0)
    file.damaged(`blocks of ${blockBytes}`, "sectors");
  const blocks = Math.ceil(size / blockBytes);
  const entries = header.getUint32(28);
  if (blocks > entries) file.damaged(`a table of ${entries} blocks`, `${blocks} at least`);
  const tableAt = file.number(
    header.getBigUint64(16),
    Number.MAX_SAFE_INTEGER,
    "its table's place",
  );
  if (tableAt + blocks * 4 > file.size) await file.read(tableAt, blocks * 4, "its block table");
  const table = new VhdBlocks(file.source, size, blockBytes, tableAt);
  const problems = hasFooter ? [] : await withoutFooter(file, table, peers);
  return { source: new MappedSource(new BlockMap(table)), problems, peers: [] };
}

/** The footer is what a cut takes first: with it, all blocks are there. */
async function withoutFooter(file: ImageFile, table: VhdBlocks, peers: Peers) {
  const cut = await expectWhole(file, table, "the VHD, whose footer is missing,", peers);
  if (cut.length > 0) return cut;
  return [
    file.problem({
      code: "footer",
      message: "its footer is missing: the copy at its start is used, and every block is there",
      expected: "a footer in the last sector",
      found: "something else",
      todo: "Nothing to read it. If it is a copy, look whether all of the file was copied.",
    }),
  ];
}
