import { type PackedStore, STORE_LACKS } from "../../protocol/machine.ts";

/** "COWp": the header extension of a bundle. Others pass over it (docs/interop/qcow2.rst). */
export const PACKED = 0x434f5770;
const SCHEMA = "cowscope.pack/1";

/** @returns null where it is none that is known: then it is a qcow2 as any other. */
export function readPacked(text: string): PackedStore | null {
  const said = parse(text);
  if (said?.schema !== SCHEMA || typeof said.name !== "string") return null;
  const { vg, lv } = said;
  return {
    name: said.name,
    lvmChunkSectors: whole(said.lvmChunkSectors),
    snapshotBytes: whole(said.snapshotBytes),
    subject: typeof vg === "string" && typeof lv === "string" ? { vg, lv, origin: null } : null,
    merging: said.merging === true,
    lacks: STORE_LACKS.find((one) => one === said.lacks) ?? null,
  };
}

export function packedText({ subject, merging, lacks, ...packed }: PackedStore): string {
  const names = subject && { vg: subject.vg, lv: subject.lv };
  const more = { ...(merging && { merging }), ...(lacks && { lacks }) };
  return JSON.stringify({ schema: SCHEMA, ...packed, ...names, ...more });
}

function parse(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? { ...value } : null;
  } catch {
    return null;
  }
}

const whole = (value: unknown): number | null =>
  typeof value === "number" && Number.isSafeInteger(value) && value >= 0 ? value : null;
