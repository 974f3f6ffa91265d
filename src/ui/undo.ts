/** More changes than this are not remembered. */
const MOST = 200;

/** What was changed, so that it can be taken back and made again. */
export class Undo<T> {
  #past: T[] = [];
  #future: T[] = [];
  #last: string | null = null;

  get canUndo(): boolean {
    return this.#past.length > 0;
  }

  get canRedo(): boolean {
    return this.#future.length > 0;
  }

  /**
   * Remembers what stood there before a change.
   * @param kind changes of one kind in a row are taken back together; null: each by itself.
   */
  changed(before: T, kind: string | null): void {
    const goesOn = kind !== null && kind === this.#last && this.canUndo;
    this.#last = kind;
    this.#future = [];
    if (!goesOn) this.#past = [...this.#past, before].slice(-MOST);
  }

  /** What stood there before the last change, null: nothing was changed. @param now what stands there. */
  undo(now: T): T | null {
    return this.#swap(this.#past, this.#future, now);
  }

  redo(now: T): T | null {
    return this.#swap(this.#future, this.#past, now);
  }

  #swap(from: T[], to: T[], now: T): T | null {
    const other = from.pop();
    if (other === undefined) return null;
    to.push(now);
    this.#last = null;
    return other;
  }
}
