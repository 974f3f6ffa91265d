import { isSection, type Scalar, type Section, type Value } from "./config-text.ts";

/** LVM counts extents, sectors of a stripe and segments in 32 bits. */
export const U32_MAX = 0xffffffff;

function valueIn(section: Section, key: string): Value | null {
  const entry = section.entries.get(key);
  return entry === undefined || isSection(entry) ? null : entry;
}

/** A count of up to 32 bits; null where there is none, or something else. */
export function countOf(section: Section, key: string): number | null {
  const value = valueIn(section, key);
  return typeof value === "bigint" && value >= 0n && value <= U32_MAX ? Number(value) : null;
}

/** A number that bytes and sectors can be reckoned with; null where there is none such. */
export function sizeOf(section: Section, key: string): number | null {
  const value = valueIn(section, key);
  const fits = typeof value === "bigint" && value >= 0n && value <= Number.MAX_SAFE_INTEGER;
  return fits ? Number(value) : null;
}

export function textOf(section: Section, key: string): string | null {
  const value = valueIn(section, key);
  return typeof value === "string" ? value : null;
}

/** A list; a single value counts as a list of one, as it does for LVM. Empty where there is none. */
export function listOf(section: Section, key: string): readonly Scalar[] {
  const value = valueIn(section, key);
  if (value === null) return [];
  return typeof value === "object" ? value : [value];
}

export function sectionOf(section: Section, key: string): Section | null {
  const entry = section.entries.get(key);
  return isSection(entry) ? entry : null;
}

export function sectionsIn(section: Section | null): Section[] {
  return section ? [...section.entries.values()].filter(isSection) : [];
}
