import { PageIncomplete } from "../protocol/page-incomplete.ts";
import type { Problem } from "../protocol/problem.ts";
import { SourceError } from "../source/block-source.ts";
import { SinkError } from "../source/sink/sink.ts";
import { TableTooLarge } from "./read/read-areas.ts";
import { TangledTable } from "./snapshot/tangled-table.ts";

/** An error from reading as a problem; anything else is a fault of the core. */
export function problemOf(error: unknown, name: string): Problem {
  if (error instanceof SourceError) {
    return SOURCE_PROBLEMS[error.kind](error, name);
  }
  if (error instanceof PageIncomplete) return error.problem;
  if (error instanceof SinkError) return SINK_PROBLEMS[error.kind](error);
  if (error instanceof TangledTable) return tangled(name);
  if (error instanceof TableTooLarge) return tableTooLarge(error, name);
  return {
    code: "fault.core",
    message: `cowscope itself failed on ${name}; nothing was written, and the image is as it was`,
    where: name,
    expected: "a report for any bytes at all",
    found: error instanceof Error ? error.message : String(error),
    todo: "Open it again; if that fails too, report it with the header and the areas of this store",
  };
}

function tangled(name: string): Problem {
  return {
    code: "snapshot.tangled",
    message: "The snapshot was not read: its exceptions cannot be loaded in reasonable time",
    where: name,
    expected: "exceptions spread over the origin",
    found: "so many for the same few chunks that loading takes billions of list steps",
    todo: "Read the findings of the store: such a table is damaged",
  };
}

function tableTooLarge(error: TableTooLarge, name: string): Problem {
  return {
    code: "table.too-large",
    message: `${name} was not checked: its exception table is too large for the memory at hand`,
    where: `${name}, after ${error.exceptions} exceptions`,
    expected: "a table of which 4 GiB of memory can hold what has to be compared",
    found: `a table that goes on after ${error.exceptions} exceptions`,
    todo: "Look at its first areas: so long a table is more likely noise than exceptions",
  };
}

const SINK_PROBLEMS = { unwritable, input: outIsInput } as const;

function outIsInput(error: SinkError): Problem {
  return {
    code: "snapshot.input",
    message: "Nothing was written: cowscope never writes to an image that it reads",
    where: "the file it was to be saved in",
    expected: "another file",
    found: error.message,
    todo: "Choose another name",
  };
}

function unwritable(error: SinkError): Problem {
  return {
    code: "snapshot.unwritable",
    message: "The snapshot could not be written",
    where: "the file it was to be saved in",
    expected: "room and the right to write",
    found: error.message,
    todo: "Choose another place, with room for the whole snapshot",
  };
}

const SOURCE_PROBLEMS = { unreadable, changed, hole, unavailable } as const;

/** The image, the layer in it and the byte: where an error lies, and what was being read. */
function placeOf({ path, offset, through, host }: SourceError, name: string): string {
  const layer = path === "" ? name : `${name} → ${path}`;
  const reading = through.length === 0 ? "" : `, read for ${through.join(" → ")}`;
  const from = host === "" ? "" : `, asked of ${host}`;
  return `${layer}, byte ${offset}${reading}${from}`;
}

function unreadable(error: SourceError, name: string): Problem {
  return {
    code: "image.unreadable",
    message: `${name} could not be read`,
    where: placeOf(error, name),
    expected:
      error.host === "" ? "bytes that can be read" : "the ranges of bytes that are asked for",
    found: error.message,
    todo:
      error.host === ""
        ? "Check that the file still exists and that you may read it, then open it again"
        : "Check the address, or download the file and open that",
  };
}

function changed(error: SourceError, name: string): Problem {
  return {
    code: "image.changed",
    message: `${name} changed while it was being read`,
    where: placeOf(error, name),
    expected: "an image that nobody writes to",
    found: error.message,
    todo:
      error.host === ""
        ? "Deactivate the snapshot or make a copy of the device, and open that"
        : "Open the address again once nobody writes to the file, or download it and open that",
  };
}

function hole(error: SourceError, name: string): Problem {
  return {
    code: "image.hole",
    message: `${name} does not hold all of what was read`,
    where: placeOf(error, name),
    expected: "bytes that the image holds",
    found: error.message,
    todo: "Open an image that holds them: the whole disk, or all disks that the volume lies on",
  };
}

function unavailable(error: SourceError, name: string): Problem {
  return {
    code: "image.unavailable",
    message: `${name} could not be had from the server`,
    where: placeOf(error, name),
    expected: "an answer with the bytes that were asked for",
    found: error.message,
    todo: "Try again later, or download it and open the file",
  };
}

export function emptyImage(name: string): Problem {
  return {
    code: "image.empty",
    message: `${name} is empty`,
    where: name,
    expected: "a COW device of at least one chunk",
    found: "0 bytes",
    todo: "Check how the copy was made: it should have the size of the COW device",
  };
}

/** The check was done without keeping single rows, or the marks of the map do not fit beside them. */
export function mapTooLarge(name: string): Problem {
  return {
    code: "table.too-large",
    message: `the exception table of ${name} is too large to be drawn`,
    where: name,
    expected: "a table whose rows, of 16 bytes each, fit into 4 GiB with their map",
    found: "one that was checked without keeping them",
    todo: "The verdict and the findings are whole; of a map and a history there is nothing to see",
  };
}

/** A bundle is asked for what was left out of it. */
export function storePacked(name: string): Problem {
  return {
    code: "store.packed",
    message: `${name} is a bundle that cowscope pack made: the store's data is not in it, and zeros would be read in its place`,
    where: name,
    expected: "the image itself",
    found: "header and metadata areas",
    todo: "Do this where the image is: of a bundle the metadata can be checked, dumped, compared, and a repair planned",
  };
}

/** The worker that answers does not hold what lies in those files. */
export function machineStale(): Problem {
  return {
    code: "machine.stale",
    message: "What lies in these files is not held any more",
    where: "the reader",
    expected: "the files that were looked into last",
    found: "others, or none",
    todo: "Open the files again",
  };
}

/** A question about a store that has made way for another. */
export function storeStale(): Problem {
  return {
    code: "store.stale",
    message: "Another image has been opened meanwhile",
    where: "the store that was asked about",
    expected: "the store that is open",
    found: "one that was closed",
    todo: "Open the image again",
  };
}

/** An image is to be compared that holds no store. */
export function comparedWithNone(name: string, why: string): Problem {
  return {
    code: "image.not-a-store",
    message: `${name} cannot be compared: it is no store`,
    where: name,
    expected: "a COW store, or a disk with one in it",
    found: why.replaceAll("**", ""),
    todo: "Choose the image of a COW device",
  };
}

/** It is not clear which of several. */
export function comparedSeveral(name: string, stores: readonly string[]): Problem {
  return {
    code: "image.several-stores",
    message: `${name} holds several stores, and it is not clear which one to compare with`,
    where: name,
    expected: "one store",
    found: stores.slice(0, 20).join(", "),
    todo: "Write the COW device of the one into a file of its own, and choose that",
  };
}

export function cancelled(name: string): Problem {
  return {
    code: "cancelled",
    message: `${name} was not read to its end`,
    where: name,
    expected: "",
    found: "",
    todo: "Open it again to read it to the end",
  };
}

/** The kernel does not make a device of this store, so there is nothing to read. */
export function snapshotRefused(name: string, why: string): Problem {
  return {
    code: "snapshot.refused",
    message: `There is no snapshot of ${name}: the kernel does not activate it`,
    where: name,
    expected: "a store that activates",
    found: why,
    todo: "Read the verdict on the store first",
  };
}

/** @param bytes less than a sector. */
export function originEmpty(name: string, bytes: number): Problem {
  return {
    code: "snapshot.origin",
    message: `${name} ${bytes === 0 ? "is empty" : "is shorter than a sector"}, so it is no origin`,
    where: name,
    expected: "the device that the snapshot was taken of",
    found: bytes === 1 ? "1 byte" : `${bytes} bytes`,
    todo: "Choose the whole origin",
  };
}

export function originIsCow(name: string): Problem {
  return {
    code: "snapshot.origin",
    message: `${name} is the COW image itself, not its origin`,
    where: name,
    expected: "the device that the snapshot was taken of",
    found: "the same bytes as the store",
    todo: "Choose the origin: under LVM the volume that `lvs -o origin` names",
  };
}

/** The store is paired with none that can be read. */
export function originNotThere(name: string): Problem {
  return {
    code: "snapshot.origin",
    message: `The origin ${name} cannot be read`,
    where: name,
    expected: "an origin whose bytes lie in the files",
    found: "none",
    todo: "Choose the origin as a file of its own",
  };
}

export function originTooShort(name: string, sectors: bigint, expected: bigint): Problem {
  return {
    code: "snapshot.origin",
    message: `The origin should have ${expected} sectors; ${name} has ${sectors}`,
    where: name,
    expected: `${expected} sectors`,
    found: `${sectors} sectors`,
    todo: "Choose the whole origin, or correct its size in the options",
  };
}

/** @param found what the superblock is instead, or lacks. */
export function noFileSystem(name: string, found: string): Problem {
  return {
    code: "files.none",
    message: `The files of ${name} cannot be listed: no file system that is read here is on the snapshot`,
    where: name,
    expected: "ext2, ext3, ext4 or XFS that begins with the volume",
    found,
    todo: "Read the whole snapshot into a file, and look at that with the tools of what it holds",
  };
}

/** A file that the page does not put together. */
export function fileTooLarge(path: string): Problem {
  return {
    code: "files.large",
    message: `${path} is too large to be saved from this page`,
    where: path,
    expected: "no more than 1 GiB",
    found: "more",
    todo: "The command cowscope files writes files of any size",
  };
}

export function noSuchFile(path: string, name: string, found: string): Problem {
  return {
    code: "files.path",
    message: `${path} cannot be read from the snapshot of ${name}`,
    where: path,
    expected:
      "the path of a file or a directory in the snapshot, from its root on; symlinks are not followed",
    found,
    todo: "List the directory it lies in, and take a name or, as <N>, an inode's number from there",
  };
}
