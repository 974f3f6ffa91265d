import type { BlockSource } from "../source/block-source.ts";
import type { ImageFile, Trouble } from "./image-file.ts";
import { END_BYTES, wrapperOf } from "./probe.ts";
import type { ExtentList } from "./tables/extent-list.ts";
import type { ContainerProblem, Peers, Wrapper } from "./wrapper.ts";

/** What an overlay leaves out is read from here. */
export interface Backing {
  /** null: it cannot be read, and `why` says why not. */
  source: BlockSource | null;
  why: string;
  peers: string[];
  problems: ContainerProblem[];
}

/** Longer chains of overlays are a loop that cannot be seen, or an attack. */
const MOST_OVERLAYS = 200;
/** "nbd://…", "json:{…}"; a single letter is a drive of Windows. */
const PROTOCOL = /^([a-z][a-z0-9+.-]+):/i;
/** What qemu calls them, where it is not the wrapper's own kind. */
const KINDS: Record<string, string> = { vpc: "vhd", qcow: "qcow1" };
const RAW = ["raw", "file", "host_device"];

/**
 * Opens the backing file of an overlay, among the files handed over. It is refused where it cannot
 * be had, unless `peers.partial`.
 * @param format as the overlay names it; null: by what the file is.
 */
export async function openBacking(
  file: ImageFile,
  name: string,
  format: string | null,
  peers: Peers,
  wrappers: readonly Wrapper[],
): Promise<Backing> {
  const cannot = (trouble: Trouble): Backing => notRead(file, trouble, peers);
  const overlays = [...(peers.overlays ?? []), file.source];
  const protocol = PROTOCOL.exec(name)?.[1] ?? "file";
  if (protocol !== "file") return cannot(notAFile(name, protocol));
  const source = await peers.find(name.replace(/^file:/, ""));
  if (!source) return cannot(missing(name));
  if (overlays.includes(source) || overlays.length > MOST_OVERLAYS) return cannot(loop(name));
  if (format !== null && RAW.includes(format))
    return { source, why: "", peers: [name], problems: [] };
  const wrapper = await wrapperFor(source, format, wrappers);
  if (wrapper === "unknown") return cannot(unknownFormat(name, format));
  if (wrapper === null) return { source, why: "", peers: [name], problems: [] };
  const opened = await wrapper.open(source, name, { ...peers, overlays });
  if (!opened.ok) return notRead(file, opened.problem, peers);
  const { value } = opened;
  return { ...value, why: "", peers: [name, ...value.peers] };
}

function notRead(file: ImageFile, trouble: Trouble | ContainerProblem, peers: Peers): Backing {
  const problem = "where" in trouble ? trouble : file.problem(trouble);
  if (!peers.partial) file.refuseWith(problem);
  return { source: null, why: problem.message, peers: [], problems: [problem] };
}

/** Where bytes that the overlay leaves out come from; `backing` null: there is none, they are zeros. */
export function placeBacking(
  out: ExtentList,
  backing: Backing | null,
  child: number,
  offset: number,
  length: number,
): void {
  if (!backing) out.zeros(length);
  else if (!backing.source) out.hole(backing.why, length);
  else out.childOrZeros(child, backing.source, offset, length);
}

/** null: nothing is wrapped around it. */
async function wrapperFor(
  source: BlockSource,
  format: string | null,
  wrappers: readonly Wrapper[],
): Promise<Wrapper | null | "unknown"> {
  if (format !== null) {
    const kind = KINDS[format] ?? format;
    return wrappers.find((wrapper) => wrapper.kind === kind) ?? "unknown";
  }
  const length = Math.min(END_BYTES, source.size);
  const bytes = await source.read([
    { offset: 0, length },
    { offset: source.size - length, length },
  ]);
  const ends = { head: bytes.subarray(0, length), tail: bytes.subarray(length) };
  return wrapperOf(ends, source.size, wrappers);
}

function missing(name: string): Trouble {
  return {
    code: "backing-missing",
    message: `its backing file ${name} is missing: only the overlay was handed over`,
    expected: `${name} among the files`,
    found: "no file of that name",
    todo: `Hand over ${name} as well: whatever the overlay has not written is read from it.`,
  };
}

function notAFile(name: string, protocol: string): Trouble {
  return {
    code: "backing-name",
    message: `its backing file is not named by a file name but as ${protocol}: (${name})`,
    expected: "the name of a file",
    found: name,
    todo: "Where that can be reached: qemu-img convert -O qcow2 OVERLAY WHOLE.qcow2, and open that.",
  };
}

function loop(name: string): Trouble {
  return {
    code: "backing-loop",
    message: `its chain of backing files comes round to ${name} again`,
    expected: "a chain of files that ends",
    found: name,
    todo: "One of the files was overwritten or is not the one that belongs here: find the right one.",
  };
}

function unknownFormat(name: string, format: string | null): Trouble {
  return {
    code: "backing-format",
    message: `its backing file ${name} is said to be ${format}, which cannot be read here`,
    expected: "raw or a disk image that can be read here",
    found: `${format}`,
    todo: "Put both into one file: qemu-img convert -O qcow2 OVERLAY WHOLE.qcow2, and open that.",
  };
}
