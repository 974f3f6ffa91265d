import { overlaps, type Span, sameSpan } from "./span.ts";

/** How the bytes of a cell or row take part in the hover and the selection, as bits. */
export const HOVERED = 1;
export const SELECTED = 2;
/** The first and the last byte of the selection lie in it: where the frame closes. */
export const OPENS = 4;
export const CLOSES = 8;
/** The byte that the arrow keys move. */
export const CARET = 16;

interface Watcher {
  span: Span;
  seen: number;
  notify: () => void;
}

/**
 * The hover and the selection that table, hex and ASCII share. They live outside React: a mouse
 * move wakes the cells it leaves and the cells it enters, and nothing else renders.
 */
export class ByteFocus {
  #hovered: Span | null = null;
  #selected: Span | null = null;
  #caret: number | null = null;
  readonly #watchers = new Set<Watcher>();
  readonly #selectListeners = new Set<(caret: number | null) => void>();

  get selected(): Span | null {
    return this.#selected;
  }

  get caret(): number | null {
    return this.#caret;
  }

  hover(span: Span | null): void {
    if (sameSpan(span, this.#hovered)) return;
    this.#hovered = span;
    this.#wake();
  }

  /** Selects bytes; whoever shows them brings the caret into view. */
  select(span: Span, caret: number = span.start): void {
    this.#selected = span;
    this.#caret = caret;
    this.#tell();
  }

  /** Selects nothing: what was framed is no longer what is spoken of. */
  clear(): void {
    this.#selected = null;
    this.#caret = null;
    this.#tell();
  }

  /** How the bytes of `span` take part, as a sum of the bits above. */
  look(span: Span): number {
    let bits = 0;
    if (this.#hovered !== null && overlaps(span, this.#hovered)) bits |= HOVERED;
    if (this.#selected !== null && overlaps(span, this.#selected)) {
      bits |= SELECTED;
      if (this.#selected.start >= span.start) bits |= OPENS;
      if (this.#selected.end <= span.end) bits |= CLOSES;
    }
    if (this.#caret !== null && span.start <= this.#caret && this.#caret < span.end) bits |= CARET;
    return bits;
  }

  /** Calls `notify` whenever `look(span)` changes. */
  watch(span: Span, notify: () => void): () => void {
    const watcher = { span, seen: this.look(span), notify };
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  }

  /** Calls `listener` with the caret whenever bytes are selected, also the same ones again, or none. */
  readonly onSelect = (listener: (caret: number | null) => void): (() => void) => {
    this.#selectListeners.add(listener);
    return () => this.#selectListeners.delete(listener);
  };

  #tell(): void {
    this.#wake();
    for (const listener of this.#selectListeners) listener(this.#caret);
  }

  #wake(): void {
    for (const watcher of this.#watchers) {
      const now = this.look(watcher.span);
      if (now === watcher.seen) continue;
      watcher.seen = now;
      watcher.notify();
    }
  }
}
