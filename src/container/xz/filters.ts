import { Delta } from "./delta.ts";
import type { Filter } from "./filter.ts";
import { LzmaError } from "./range-decoder.ts";
import { X86 } from "./x86.ts";

/** @returns null for a filter that is not read here. @throws LzmaError */
export function filterOf(id: number, properties: Uint8Array): Filter | null {
  if (id === 3) {
    if (properties.length !== 1) throw new LzmaError("a filter with properties of another");
    return new Delta((properties[0] ?? 0) + 1);
  }
  if (id !== 4) return null;
  if (properties.length !== 0 && properties.length !== 4) {
    throw new LzmaError("a filter with properties of another");
  }
  const view = new DataView(properties.buffer, properties.byteOffset, properties.length);
  return new X86(properties.length === 4 ? view.getUint32(0, true) : 0);
}
