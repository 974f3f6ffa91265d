import { MappedSource } from "../../source/mapped-source.ts";
import { ImageFile } from "../image-file.ts";
import { type Run, Runs } from "../tables/runs.ts";
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
  const runs = new Runs("tar", [file.source], runsOf(file, disk));
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
  return { source: new MappedSource(runs), problems, peers: [] };
}

/** Where the bytes of a member lie in the archive; between its pieces there are zeros. */
function runsOf(file: ImageFile, { name, size, offset, packed, runs }: TarMember): Run[] {
  const all: Run[] = [];
  let from = offset;
  let end = 0;
  for (const run of runs ?? [{ offset: 0, length: size }]) {
    const isRight =
      Number.isSafeInteger(run.offset + run.length) &&
      run.offset >= end &&
      run.offset + run.length <= size &&
      from + run.length <= offset + packed;
    if (!isRight) file.damaged(`the pieces of ${name} do not add up`, "pieces in order");
    if (run.offset > end) all.push({ from: "zeros", length: run.offset - end });
    all.push({ from: "child", child: 0, offset: from, length: run.length });
    end = run.offset + run.length;
    from += run.length;
  }
  if (size > end) all.push({ from: "zeros", length: size - end });
  return all;
}
