import type { BlockSource } from "../../source/block-source.ts";
import { findLabel, LABEL_SECTORS, SECTOR } from "./label.ts";
import { readMetadataArea } from "./metadata-area.ts";
import type { Lvm2Problem } from "./problems.ts";

/** A device with an LVM2 label, and the descriptions of its group that it holds. */
export interface PhysicalVolume {
  source: BlockSource;
  /** Names the file or layer, for problems. */
  where: string;
  /** Null: its label is damaged, so that nobody can tell which one it is. */
  uuid: string | null;
  /** Whether a volume group uses it; null where that is not known. */
  used: boolean | null;
  /** The group's text of each metadata area in force, with a good checksum; equal ones once. */
  texts: string[];
  /** Metadata areas that LVM has stopped writing to. */
  ignoredAreas: number;
  problems: Lvm2Problem[];
}

/** LVM makes at most two. */
const MAX_AREAS = 4;

/**
 * Reads the label and the metadata areas.
 * @param source ends where its bytes end: what the group has behind that counts as not there.
 * @returns null where there is no LVM2 label in it.
 * @throws SourceError where its first four sectors cannot be read.
 */
export async function readPhysicalVolume(
  source: BlockSource,
  where: string,
): Promise<PhysicalVolume | null> {
  const length = Math.min(source.size, LABEL_SECTORS * SECTOR);
  const label = findLabel(await source.read([{ offset: 0, length }]), where);
  if (label.kind === "none") return null;
  const nothing = { source, where, used: null, texts: [], ignoredAreas: 0 };
  if (label.kind === "bad") return { ...nothing, uuid: null, problems: [label.problem] };
  const { uuid, used, metadataAreas } = label.header;
  const texts = new Set<string>();
  const problems: Lvm2Problem[] = [];
  let ignoredAreas = 0;
  for (const area of metadataAreas.slice(0, MAX_AREAS)) {
    const { text, ignored, problems: more } = await readMetadataArea(source, area, where);
    if (text !== null) texts.add(text);
    if (ignored) ignoredAreas += 1;
    problems.push(...more);
  }
  return { source, where, uuid, used, texts: [...texts], ignoredAreas, problems };
}
