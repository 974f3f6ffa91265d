import type { BlockSource, Range } from "../../source/block-source.ts";
import { SourceError } from "../../source/block-source.ts";
import { checksumOf } from "./crc.ts";
import { type Area, SECTOR } from "./label.ts";
import type { Lvm2Problem } from "./problems.ts";

const MAGIC = " LVM2 x[5A%r0N*>";
/** RAW_LOCN_IGNORED: an area that LVM has stopped writing to; its text is of long ago. */
const IGNORED = 1;
/** A volume takes some 500 bytes of it: thirty thousand volumes. */
const MAX_TEXT = 16 << 20;

/** What a metadata area holds of the volume group. */
export interface MetadataArea {
  /** The text in force; null: none, or none that can be used. */
  text: string | null;
  ignored: boolean;
  problems: Lvm2Problem[];
}

/** `struct raw_locn`: where a text lies in its area, which it runs around in as in a ring. */
interface TextPlace {
  offset: bigint;
  size: bigint;
  checksum: number;
  flags: number;
}

/** Reads an area: its header, then the text its first slot points to (format-text.c). */
export async function readMetadataArea(
  source: BlockSource,
  area: Area,
  where: string,
): Promise<MetadataArea> {
  const refused = (problem: Lvm2Problem): MetadataArea => ({
    text: null,
    ignored: false,
    problems: [problem],
  });
  const { offset, length } = area;
  const at = `${where}, metadata area at byte ${offset}`;
  if (length <= SECTOR || offset > source.size - length) {
    const found = `${length} bytes from there, of ${source.size} in all`;
    return refused(
      areaProblem(at, "it lies outside of the device", "it inside of the device", found),
    );
  }
  const header = await readOrProblem(source, [{ offset, length: SECTOR }], at);
  if (!(header instanceof Uint8Array)) return refused(header);
  const amiss = headerProblem(header, area, at);
  if (amiss) return refused(amiss);
  const committed = placeAt(header, 0);
  const problems = placeAt(header, 1).offset === 0n ? [] : [interrupted(at)];
  if (committed.offset === 0n) return { text: null, ignored: false, problems };
  if (committed.flags & IGNORED) return { text: null, ignored: true, problems };
  const text = await readText(source, area, committed, at);
  if (typeof text === "string") return { text, ignored: false, problems };
  return { text: null, ignored: false, problems: [...problems, text] };
}

function headerProblem(header: Uint8Array, area: Area, at: string): Lvm2Problem | null {
  const view = viewOf(header);
  if (String.fromCharCode(...header.subarray(4, 20)) !== MAGIC) {
    return areaProblem(at, "its header is not one of LVM's", "LVM's magic number", "other bytes");
  }
  const crc = view.getUint32(0, true);
  const right = checksumOf(header.subarray(4));
  if (crc !== right) {
    const found = `its bytes give ${right}`;
    return areaProblem(at, "its header's checksum is wrong", `checksum ${crc}`, found);
  }
  const version = view.getUint32(20, true);
  if (version !== 1) {
    return areaProblem(at, "its version is not known", "version 1", `version ${version}`);
  }
  const start = view.getBigUint64(24, true);
  if (start !== BigInt(area.offset)) {
    const message = "its header belongs elsewhere: the device does not begin where it should";
    return areaProblem(at, message, `a header for byte ${area.offset}`, `one for byte ${start}`);
  }
  return null;
}

const viewOf = (bytes: Uint8Array) =>
  new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** Slot 0 is what is committed, slot 1 what a commit under way wants to become. */
function placeAt(header: Uint8Array, slot: number): TextPlace {
  const view = viewOf(header);
  const at = 40 + slot * 24;
  return {
    offset: view.getBigUint64(at, true),
    size: view.getBigUint64(at + 8, true),
    checksum: view.getUint32(at + 16, true),
    flags: view.getUint32(at + 20, true),
  };
}

async function readText(
  source: BlockSource,
  area: Area,
  place: TextPlace,
  at: string,
): Promise<string | Lvm2Problem> {
  const { offset, size, checksum } = place;
  const ring = BigInt(area.length - SECTOR);
  if (offset < SECTOR || offset >= area.length || size === 0n || size > ring) {
    const found = `${size} bytes from byte ${offset} of ${area.length}`;
    return textProblem(at, "is said to lie outside of its area", "it behind the header", found);
  }
  if (size > MAX_TEXT) {
    return textProblem(at, "is too long to be one", `up to ${MAX_TEXT} bytes`, `${size} bytes`);
  }
  const start = Number(offset);
  const first = Math.min(Number(size), area.length - start);
  const ranges = [{ offset: area.offset + start, length: first }];
  // Behind the end of the area it goes on after the header, not at the area's beginning.
  const rest = Number(size) - first;
  if (rest > 0) ranges.push({ offset: area.offset + SECTOR, length: rest });
  const bytes = await readOrProblem(source, ranges, at);
  if (!(bytes instanceof Uint8Array)) return bytes;
  const right = checksumOf(bytes);
  if (right === checksum) return new TextDecoder().decode(bytes);
  const found = `its bytes give ${right}`;
  return textProblem(at, "is damaged: its checksum is wrong", `checksum ${checksum}`, found);
}

async function readOrProblem(
  source: BlockSource,
  ranges: readonly Range[],
  at: string,
): Promise<Uint8Array | Lvm2Problem> {
  try {
    return await source.read(ranges);
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    return areaProblem(at, "it cannot be read", "its bytes", error.message);
  }
}

const OTHER_COPIES =
  "Each disk of the group holds the text, some hold it twice: hand over all of them. Earlier ones lie in /etc/lvm/archive of the machine.";

function areaProblem(where: string, what: string, expected: string, found: string): Lvm2Problem {
  const message = `A metadata area of LVM cannot be used: ${what}`;
  return { code: "lvm.metadata-area", message, where, expected, found, todo: OTHER_COPIES };
}

function textProblem(where: string, what: string, expected: string, found: string): Lvm2Problem {
  const message = `The text that describes the volume group ${what}`;
  return { code: "lvm.metadata-text", message, where, expected, found, todo: OTHER_COPIES };
}

function interrupted(where: string): Lvm2Problem {
  return {
    code: "lvm.interrupted",
    message:
      "A change of the volume group was being written when it stopped; what was in force before is read",
    where,
    expected: "no second text in the metadata area's header",
    found: "one, not committed",
    todo: "Nothing has to be done to read it. The next change of the group writes over it.",
  };
}
