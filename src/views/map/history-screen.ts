import type { StoreReader } from "../../client/held-store.ts";
import type { HistoryGrid, HistoryWindow, StoreMap } from "../../protocol/map.ts";
import { OneInFlight } from "../../ui/one-in-flight.ts";
import { onColours, type Palette, paletteOf, parentOf } from "./palette.ts";

/** Rows of the table from `first` up to `end`, and a range of old_chunk (half open). */
export interface HistoryCell {
  first: number;
  end: number;
  oldFirst: bigint;
  oldEnd: bigint;
}

/** A row of the table, and what it says. */
export interface HistoryRow {
  row: number;
  old: bigint;
  new: bigint;
}

interface Hooks {
  /** What the cursor is on: rows, where there are any, and the first of them. */
  onPoint: (cell: HistoryCell, row: HistoryRow | null) => void;
  onRow: (row: number) => void;
  onWindow: (first: number, end: number) => void;
}

/** One cell of the grid takes so many CSS px, or more. */
const CELL_PX = 3;
/** Fewest rows that are shown. */
const LEAST_ROWS = 16;
const BACKGROUND = 0;

/** The canvas of the history, outside of React as the map's is. */
export class HistoryScreen {
  readonly #asking = new OneInFlight();
  readonly #pointing = new OneInFlight();
  readonly #small = document.createElement("canvas");
  readonly #stops: (() => void)[] = [];
  #palette: Palette;
  #first = 0;
  #end: number;
  #drawn: { window: HistoryWindow; grid: HistoryGrid } | null = null;
  #cursor: { x: number; y: number } | null = null;
  #row: number | null = null;
  #stopped = false;

  constructor(
    private readonly canvas: HTMLCanvasElement,
    private readonly reader: Pick<StoreReader, "map" | "rows">,
    private readonly map: StoreMap,
    private readonly rows: number,
    private readonly hooks: Hooks,
  ) {
    this.#end = rows;
    this.#palette = paletteOf(parentOf(canvas));
    const recolour = () => {
      this.#palette = paletteOf(parentOf(canvas));
      this.#draw();
    };
    this.#stops.push(onColours(recolour));
    const observer = new ResizeObserver(() => this.#show(this.#first, this.#end));
    observer.observe(canvas);
    this.#stops.push(() => observer.disconnect());
  }

  stop(): void {
    this.#stopped = true;
    for (const stop of this.#stops) stop();
  }

  #windowNow(): HistoryWindow {
    const { clientWidth, clientHeight } = this.canvas;
    const across = Math.max(1, Math.floor(clientWidth / CELL_PX));
    const columns = Math.max(1, Math.min(across, this.#end - this.#first));
    const high = Math.max(1, Math.floor(clientHeight / CELL_PX));
    const { oldEnd } = this.map;
    const lines = oldEnd < BigInt(high) ? Math.max(1, Number(oldEnd)) : high;
    return { first: this.#first, end: this.#end, columns, lines };
  }

  #show(first: number, end: number): void {
    const span = Math.min(this.rows, Math.max(Math.min(LEAST_ROWS, this.rows), end - first));
    this.#first = Math.round(Math.max(0, Math.min(first, this.rows - span)));
    this.#end = Math.round(this.#first + span);
    this.canvas.style.touchAction = span === this.rows ? "pan-y" : "none";
    this.hooks.onWindow(this.#first, this.#end);
    this.#asking.run(async () => {
      const window = this.#windowNow();
      const grid = await this.reader.map("history", window);
      if (!grid.ok || this.#stopped) return;
      this.#drawn = { window, grid: grid.value };
      this.#draw();
    });
  }

  #draw(): void {
    const context = this.canvas.getContext("2d");
    if (!context || !this.#drawn) return;
    const { clientWidth: width, clientHeight: height } = this.canvas;
    this.canvas.width = Math.round(width * devicePixelRatio);
    this.canvas.height = Math.round(height * devicePixelRatio);
    context.setTransform(devicePixelRatio, 0, 0, devicePixelRatio, 0, 0);
    const { window, grid } = this.#drawn;
    this.#paint(window, grid);
    context.imageSmoothingEnabled = false;
    context.drawImage(this.#small, 0, 0, width, height);
    if (!this.#cursor) return;
    context.strokeStyle = this.#palette.cursor;
    context.lineWidth = 1;
    const { x, y } = this.#cursor;
    context.strokeRect(Math.round(x) + 0.5, -1, 0, height + 2);
    context.strokeRect(-1, Math.round(y) + 0.5, width + 2, 0);
  }

  /** A pixel a cell of the grid: the more rows, the stronger. */
  #paint({ columns, lines }: HistoryWindow, { counts }: HistoryGrid): void {
    this.#small.width = columns;
    this.#small.height = lines;
    const context = this.#small.getContext("2d");
    if (!context) return;
    const image = context.createImageData(columns, lines);
    const pixels = new Uint32Array(image.data.buffer);
    const ink = this.#palette.dots & 0xffffff;
    const most = counts.reduce((highest, count) => Math.max(highest, count), 1);
    for (const [at, count] of counts.entries()) {
      const line = lines - 1 - Math.floor(at / columns);
      const strength = count === 0 ? BACKGROUND : 95 + (160 * Math.log1p(count)) / Math.log1p(most);
      pixels[line * columns + (at % columns)] = (ink | (Math.round(strength) << 24)) >>> 0;
    }
    context.putImageData(image, 0, 0);
  }

  /** To later rows where positive, in CSS px. @returns whether there was anything to move to. */
  pan(dx: number): boolean {
    const [first, span] = [this.#first, this.#end - this.#first];
    // At least a row, or a slow drag of few would never move.
    const by = Math.sign(dx) * Math.max(1, (Math.abs(dx) / this.canvas.clientWidth) * span);
    this.#show(first + by, first + by + span);
    return this.#first !== first;
  }

  /** @param steps closer where positive. @param x where it stays, in CSS px. */
  zoom(steps: number, x: number = this.#cursor?.x ?? this.canvas.clientWidth / 2): void {
    const span = this.#end - this.#first;
    const part = x / Math.max(1, this.canvas.clientWidth);
    const next = Math.max(LEAST_ROWS, span / 2 ** steps);
    const first = this.#first + part * (span - next);
    this.#show(first, first + next);
  }

  /** The cell that a place of the canvas (CSS px) lies in. */
  #cellAt(x: number, y: number): HistoryCell {
    const { columns, lines } = this.#windowNow();
    const { clientWidth, clientHeight } = this.canvas;
    const within = (part: number, whole: number, cells: number): number =>
      Math.max(0, Math.min(cells - 1, Math.floor((part / Math.max(1, whole)) * cells)));
    const column = within(x, clientWidth, columns);
    const line = lines - 1 - within(y, clientHeight, lines);
    const rows = this.#end - this.#first;
    const chunk = (n: number): bigint => (this.map.oldEnd * BigInt(n)) / BigInt(lines);
    return {
      first: this.#first + Math.floor((rows * column) / columns),
      end: this.#first + Math.floor((rows * (column + 1)) / columns),
      oldFirst: chunk(line),
      oldEnd: chunk(line + 1),
    };
  }

  point(x: number, y: number): void {
    this.#cursor = { x, y };
    this.#row = null;
    this.#draw();
    const cell = this.#cellAt(x, y);
    this.#pointing.run(async () => {
      const found = await this.reader.map("historyRow", cell);
      if (found.ok && !this.#stopped) await this.#tell(cell, found.value);
    });
  }

  async #tell(cell: HistoryCell, row: number | null): Promise<void> {
    this.#row = row;
    const exception = row === null ? null : await this.reader.rows(row, 1);
    const [old = 0n, to = 0n] = exception?.ok ? exception.value : [];
    this.hooks.onPoint(cell, row === null ? null : { row, old, new: to });
  }

  async open(x: number, y: number): Promise<void> {
    this.point(x, y);
    const found = await this.reader.map("historyRow", this.#cellAt(x, y));
    if (found.ok && found.value !== null) this.hooks.onRow(found.value);
  }

  /** @returns whether the key is one of the history's. */
  key(key: string): boolean {
    if (key === "+" || key === "=") this.zoom(1);
    else if (key === "-") this.zoom(-1);
    else if (key === "Enter" || key === " ") {
      if (this.#row !== null) this.hooks.onRow(this.#row);
    } else return this.#moveCursor(key);
    return true;
  }

  /** The cursor goes from exception to exception: the chunk of each is asked for. */
  #moveCursor(key: string): boolean {
    const now = this.#row ?? this.#first - 1;
    const page = Math.max(1, Math.floor((this.#end - this.#first) / 10));
    const target = {
      ArrowLeft: now - 1,
      ArrowRight: now + 1,
      PageUp: now - page,
      PageDown: now + page,
      Home: 0,
      End: this.rows - 1,
    }[key];
    if (target === undefined || this.rows === 0) return false;
    const row = Math.max(0, Math.min(this.rows - 1, target));
    this.#row = row;
    const span = this.#end - this.#first;
    if (row < this.#first || row >= this.#end) this.#show(row - span / 2, row + span / 2);
    this.#pointing.run(() => this.#showRow(row));
    return true;
  }

  async #showRow(row: number): Promise<void> {
    const exception = await this.reader.rows(row, 1);
    if (!exception.ok || this.#stopped) return;
    const [old = 0n, to = 0n] = exception.value;
    const { clientWidth, clientHeight } = this.canvas;
    const x = ((row + 0.5 - this.#first) / (this.#end - this.#first)) * clientWidth;
    const part = Number((old * 10_000n) / (this.map.oldEnd || 1n)) / 10_000;
    this.#cursor = { x, y: Math.max(0, clientHeight * (1 - part)) };
    this.#draw();
    const cell = { first: row, end: row + 1, oldFirst: old, oldEnd: old + 1n };
    this.hooks.onPoint(cell, { row, old, new: to });
  }
}
