import type { Finding, Severity } from "../protocol/finding.ts";
import { isFingerprint } from "../protocol/fingerprint.ts";
import type { ChunkBytes } from "../protocol/store-service.ts";
import { overlaps, type Span } from "./span.ts";

/** What a finding makes of a byte, or that another chunk has another byte there. */
export type Mark = FindingMark | "differs";
export type FindingMark = "wrong" | "odd";

/** How the bytes of a grid are marked. */
export interface ByteMarks {
  at(offset: number): Mark | null;
}

/** What a finding says of the bytes it points to. */
const MARK_OF: Record<Severity, FindingMark | null> = {
  fatal: "wrong",
  problem: "wrong",
  note: "odd",
  ok: null,
};

/** The bytes a finding points to; null if it points to none. */
export function spanOf(finding: Finding): Span | null {
  const { offset, length } = finding.where;
  if (offset === null || length === null || length === 0) return null;
  return { start: Number(offset), end: Number(offset) + length };
}

/** The bytes of a chunk as a span of the device. */
export function spanOfChunk(chunk: ChunkBytes): Span {
  const start = Number(chunk.offset);
  return { start, end: start + chunk.bytes.length };
}

/**
 * The marks of one chunk, byte by byte: "wrong" beats "odd". The evidence of a fingerprint is odd at
 * most, and not counted: what is wrong with those bytes, if anything, another finding says.
 */
export class Marks implements ByteMarks {
  readonly #base: number;
  readonly #marks: Uint8Array;
  readonly counts: Record<FindingMark, number> = { wrong: 0, odd: 0 };

  constructor(chunk: ChunkBytes, findings: readonly Finding[]) {
    const whole = spanOfChunk(chunk);
    this.#base = whole.start;
    this.#marks = new Uint8Array(chunk.bytes.length);
    for (const finding of findings) {
      const span = spanOf(finding);
      const evidence = isFingerprint(finding);
      const mark = evidence ? "odd" : MARK_OF[finding.severity];
      if (span === null || mark === null || !overlaps(span, whole)) continue;
      this.#paint(span, mark);
      if (!evidence) this.counts[mark] += 1;
    }
  }

  at(offset: number): FindingMark | null {
    const level = this.#marks[offset - this.#base];
    if (level === 2) return "wrong";
    return level === 1 ? "odd" : null;
  }

  #paint(span: Span, mark: FindingMark): void {
    const from = Math.max(0, span.start - this.#base);
    const to = Math.min(this.#marks.length, span.end - this.#base);
    for (let at = from; at < to; at += 1) {
      this.#marks[at] = Math.max(this.#marks[at] ?? 0, mark === "wrong" ? 2 : 1);
    }
  }
}
