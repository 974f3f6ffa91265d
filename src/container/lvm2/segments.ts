import type { Section } from "./config-text.ts";
import type { VolumeText } from "./group-text.ts";
import { countOf, listOf, textOf, U32_MAX } from "./section-reader.ts";
import { shown } from "./tokens.ts";

/** Where a part of a segment begins: at an extent of a device or of a volume of the group. */
export interface AreaText {
  name: string;
  extent: number;
}

/** A run of a volume's extents. */
export interface Segment {
  /** In extents. */
  start: number;
  extents: number;
  /** "linear" for one stripe, else LVM's word: "striped", "thin" … */
  type: string;
  section: Section;
}

/** What is said of a volume cannot be: one clause that says why. */
export class VolumeError extends Error {
  override readonly name = "VolumeError";
}

/** The segments of a volume as they lie in it, from its first extent to its last. @throws VolumeError */
export function segmentsOf({ segments, segmentCount }: VolumeText): Segment[] {
  if (segments.length !== segmentCount) {
    throw new VolumeError(`it has ${segments.length} segments, and should have ${segmentCount}`);
  }
  // In the text they may stand in any order (import_vsn1.c, _insert_segment).
  const sorted = segments.map(readSegment).sort((a, b) => a.start - b.start);
  let next = 0;
  for (const { start, extents } of sorted) {
    if (start > next) throw new VolumeError(`no segment holds its extents ${next} to ${start - 1}`);
    if (start < next) throw new VolumeError(`two segments hold its extent ${start}`);
    next += extents;
  }
  if (next > U32_MAX) throw new VolumeError(`it has ${next} extents, more than LVM can count`);
  return sorted;
}

function readSegment(section: Section): Segment {
  const start = countOf(section, "start_extent");
  const extents = countOf(section, "extent_count");
  if (start === null || !extents) {
    throw new VolumeError(`its ${section.name} has no start_extent or extent_count`);
  }
  // "raid1+FLAG": what stands behind the + are flags that older versions must not overlook.
  const [bare = ""] = (textOf(section, "type") ?? "striped").split("+");
  const word = shown(bare);
  const one = word === "striped" && countOf(section, "stripe_count") === 1;
  return { start, extents, type: one ? "linear" : word, section };
}

/** `stripes = ["pv0", 12, "lv", 0]`. @throws VolumeError if they are not as many as `count` says. */
export function areasOf(section: Section, key: string, count: number | null): AreaText[] {
  const list = listOf(section, key);
  if (!count || list.length !== count * 2) {
    const pairs = `${list.length / 2} names with extents`;
    throw new VolumeError(
      `its ${section.name} should have ${count ?? "some"} ${key}, not ${pairs}`,
    );
  }
  const areas: AreaText[] = [];
  for (let i = 0; i < list.length; i += 2) {
    const name = list[i];
    const extent = list[i + 1];
    const fits = typeof extent === "bigint" && extent >= 0n && extent <= U32_MAX;
    if (typeof name !== "string" || !fits) {
      throw new VolumeError(`the ${key} of its ${section.name} are not names with extents`);
    }
    areas.push({ name, extent: Number(extent) });
  }
  return areas;
}

/** `raids = ["lv_rmeta_0", "lv_rimage_0", …]`: only those that hold data (raid.c). @throws VolumeError */
export function imagesOf(section: Section, key: string, count: number | null): AreaText[] {
  const names = listOf(section, key).filter((name) => typeof name === "string");
  const images = names.filter((name) => !name.includes("_rmeta_"));
  if (!count || images.length !== count) {
    const should = `should have ${count ?? "some"} images`;
    throw new VolumeError(`its ${section.name} ${should}, not ${images.length}`);
  }
  return images.map((name) => ({ name, extent: 0 }));
}
