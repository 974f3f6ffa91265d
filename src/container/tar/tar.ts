import { MappedSource } from "../../source/mapped-source.ts";
import type { Extent, Mapping } from "../../source/mapping.ts";
import { ImageFile } from "../image-file.ts";
import { ExtentList } from "../tables/extent-list.ts";
import type { Unwrapped, Wrapper } from "../wrapper.ts";
import { isTarHeader } from "./tar-header.ts";
import { type TarMember, tarMembers } from "./tar-members.ts";

/** Descriptions, checksums and certificates that lie beside a disk in the archive of a machine. */
const BESIDE = /\.(ovf|mf|cert|xml|txt|json|md5|sha\d+(sum)?)$/i;

/** `.tar`, and `.ova`, which is one: the one disk in it, where it lies. */
export const tar: Wrapper = {
  kind: "tar",
  matches: (head) => isTarHeader(head),
  open: (source, where, { partial }) => {
    const file = new ImageFile(source, "tar", where);
    return file.opened(() => unwrap(file, partial));
  },
};

async function unwrap(file: ImageFile, partial: boolean): Promise<Unwrapped> {
  const members = await tarMembers(file);
  const disks = members.filter(({ name, size }) => size > 0 && !BESIDE.test(name));
  const [disk] = disks;
  if (!disk || disks.length > 1) {
    const names = disks.slice(0, 10).map(({ name }) => name);
    return file.refuse({
      code: disk ? "several" : "empty",
      message: disk
        ? `it holds ${disks.length} files, and nothing says which of them is the disk; “tar -xf FILE” unpacks them`
        : "it holds no disk",
      expected: "one file that is a disk",
      found: disk ? `${names.join(", ")}${disks.length > 10 ? ", …" : ""}` : "no file",
      todo: "Unpack it with tar -xf FILE, and open the disk or disks.",
    });
  }
  const mapping = new MemberMapping(file, disk);
  const problems = [];
  if (disk.offset + disk.packed > file.size) {
    const trouble = {
      code: "cut",
      message: `the archive is cut off: ${disk.name} does not end in it`,
      expected: `${disk.packed} bytes from byte ${disk.offset} on`,
      found: `a file of ${file.size} bytes`,
      todo: "Copy the file again, whole; or ask for what is there, which is read as far as it goes.",
    };
    problems.push(file.lacks(trouble, partial));
  }
  return { source: new MappedSource(mapping), problems, peers: [] };
}

/** Where the bytes of a member lie in the archive. */
class MemberMapping implements Mapping {
  readonly size: number;
  readonly path = "tar";
  readonly children;
  /** In order; `from` is where its bytes begin in the archive. */
  private readonly runs: { offset: number; length: number; from: number }[];

  constructor(file: ImageFile, { name, size, offset, packed, runs }: TarMember) {
    this.children = [file.source];
    this.size = size;
    let from = offset;
    let end = 0;
    this.runs = (runs ?? [{ offset: 0, length: size }]).flatMap((run) => {
      const isRight =
        Number.isSafeInteger(run.offset + run.length) &&
        run.offset >= end &&
        run.offset + run.length <= size &&
        from + run.length <= offset + packed;
      if (!isRight) file.damaged(`the pieces of ${name} do not add up`, "pieces in order");
      end = run.offset + run.length;
      from += run.length;
      return run.length === 0 ? [] : [{ ...run, from: from - run.length }];
    });
  }

  extents(offset: number, length: number): Extent[] {
    const [archive] = this.children;
    const list = new ExtentList();
    const end = offset + length;
    let at = offset;
    for (let i = this.firstEndingBehind(offset); i < this.runs.length; i++) {
      const run = this.runs[i];
      if (!run || !archive || run.offset >= end) break;
      if (run.offset > at) list.zeros(run.offset - at);
      at = Math.max(at, run.offset);
      const until = Math.min(run.offset + run.length, end);
      list.childOrHole(0, archive, run.from + at - run.offset, until - at);
      at = until;
    }
    list.zeros(end - at);
    return list.extents;
  }

  private firstEndingBehind(offset: number): number {
    let low = 0;
    let high = this.runs.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const run = this.runs[middle];
      if (run && run.offset + run.length <= offset) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
