import { parseChunkRange } from "../protocol/chunk-range.ts";
import type { BrokenPart } from "./replay-address.ts";

/** The tabs beside the findings. */
export const PANELS = ["exceptions", "chunk-size", "snapshot", "lookup", "files"] as const;
export type PanelId = (typeof PANELS)[number];

/** A place in the inspect view, as an address keeps it. */
export interface InspectLink {
  /** The metadata area beside the header, from 0. */
  area: number;
  /** The bytes of the device that are selected, `end` not among them. */
  bytes: { start: number; end: number } | null;
  /** Filters of the exception table, as they are typed: "7", "10-20", "0x10-0x20"; "" for none. */
  old: string;
  new: string;
  /** null: the one that the view opens with. */
  panel: PanelId | null;
}

/** Where the view opens. */
export const INSPECT_START: InspectLink = { area: 0, bytes: null, old: "", new: "", panel: null };

export function writeInspect(link: InspectLink): [string, string | null][] {
  const { bytes, panel } = link;
  return [
    ["area", link.area === 0 ? null : String(link.area)],
    ["bytes", bytes && `${bytes.start}-${bytes.end - 1}`],
    ["old-chunk", link.old || null],
    ["new-chunk", link.new || null],
    ["panel", panel],
  ];
}

/** Each key is read by itself; null: it says something that it cannot. */
const READERS: Record<string, (found: string) => Partial<InspectLink> | null> = {
  area: (found) => {
    const area = wholeNumber(found);
    return area === null ? null : { area };
  },
  bytes: (found) => {
    const [first = null, last = null, ...more] = found.split("-").map(wholeNumber);
    const good = first !== null && last !== null && first <= last && more.length === 0;
    return good ? { bytes: { start: first, end: last + 1 } } : null;
  },
  "old-chunk": (found) => (isFilter(found) ? { old: found } : null),
  "new-chunk": (found) => (isFilter(found) ? { new: found } : null),
  panel: (found) => {
    const panel = PANELS.find((one) => one === found);
    return panel === undefined ? null : { panel };
  },
};

/** null: no key names a place in the view. */
export function readInspect(fields: URLSearchParams): {
  value: InspectLink | null;
  broken: BrokenPart[];
} {
  const broken: BrokenPart[] = [];
  let value: InspectLink | null = null;
  for (const [key, reader] of Object.entries(READERS)) {
    const found = fields.get(key);
    if (found === null) continue;
    const read = reader(found);
    if (read === null) broken.push({ key, found });
    else value = { ...(value ?? INSPECT_START), ...read };
  }
  return { value, broken };
}

/** Where all is as the view opens, the address says nothing of it. */
export const unlessStart = (link: InspectLink): InspectLink | null =>
  writeInspect(link).some(([, value]) => value !== null) ? link : null;

/** An offset in a file is a safe integer, and so is whatever counts what is in it. */
function wholeNumber(text: string): number | null {
  const number = /^\d{1,16}$/.test(text) ? Number(text) : -1;
  return Number.isSafeInteger(number) && number >= 0 ? number : null;
}

function isFilter(found: string): boolean {
  const range = parseChunkRange(found);
  return range !== null && range !== "bad";
}
