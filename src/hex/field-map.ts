import type { ChunkBytes, Field, StoreLayout } from "../protocol/store-service.ts";
import { contains, type Span } from "./span.ts";

/** The tints go round: four for the header's fields, two for each of two neighbouring entries. */
export const TINTS = 4;

/** A field where it lies on the device. */
export interface Part extends Span {
  name: string;
  tint: number;
  /** The entry of the area that it belongs to; null in the header. */
  entry: number | null;
}

/** Which field explains a byte. */
export interface FieldMap {
  /** The bytes that fields explain: one run from the chunk's start. */
  explained: Span;
  at(offset: number): Part | null;
}

function place(field: Field, base: number, entry: number | null, tint: number): Part {
  const start = base + field.offset;
  return { name: field.name, start, end: start + field.length, entry, tint: tint % TINTS };
}

export function headerParts(chunk: ChunkBytes, layout: StoreLayout): Part[] {
  const base = Number(chunk.offset);
  return layout.headerFields.map((field, tint) => place(field, base, null, tint));
}

export function headerMap(chunk: ChunkBytes, layout: StoreLayout): FieldMap {
  const parts = headerParts(chunk, layout);
  const start = Number(chunk.offset);
  return {
    explained: { start, end: Math.max(start, ...parts.map((part) => part.end)) },
    at: (offset) => parts.find((part) => contains(part, offset)) ?? null,
  };
}

/** The fields of entry `entry` of an area, in disk order. */
export function entryParts(chunk: ChunkBytes, layout: StoreLayout, entry: number): Part[] {
  const base = Number(chunk.offset) + entry * layout.exceptionBytes;
  const fields = layout.exceptionFields;
  return fields.map((field, at) => place(field, base, entry, entry * fields.length + at));
}

/** `entries`: how many of the area's entries the reader looked at, the end of the table included. */
export function areaMap(chunk: ChunkBytes, layout: StoreLayout, entries: number): FieldMap {
  const start = Number(chunk.offset);
  const explained = { start, end: start + entries * layout.exceptionBytes };
  return {
    explained,
    at(offset) {
      if (!contains(explained, offset)) return null;
      const entry = Math.floor((offset - start) / layout.exceptionBytes);
      return entryParts(chunk, layout, entry).find((part) => contains(part, offset)) ?? null;
    },
  };
}
