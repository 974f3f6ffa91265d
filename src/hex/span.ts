/** A run of bytes of the device: [start, end), in bytes from its start. */
export interface Span {
  start: number;
  end: number;
}

export const overlaps = (a: Span, b: Span): boolean => a.start < b.end && b.start < a.end;

export const contains = (span: Span, offset: number): boolean =>
  span.start <= offset && offset < span.end;

export const sameSpan = (a: Span | null, b: Span | null): boolean =>
  a === b || (a !== null && b !== null && a.start === b.start && a.end === b.end);
