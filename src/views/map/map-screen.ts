import type { StoreReader } from "../../client/held-store.ts";
import type { StoreMap } from "../../protocol/map.ts";
import {
  type Camera,
  cellAt,
  cellsAt,
  columnsOf,
  type Field,
  inside,
  showing,
  type Zoom,
  zoomedTo,
  zoomsOf,
} from "./camera.ts";
import { CellTiles } from "./cell-tiles.ts";
import { MapPainter } from "./draw-map.ts";
import { onColours, type Palette, paletteOf, parentOf } from "./palette.ts";

/** A cell that is pointed at: 2^level chunks. */
export interface Pointed {
  level: number;
  cell: number;
}

interface Hooks {
  /** The cursor or the pointer has come to a cell; null: it has left. */
  onPoint: (pointed: Pointed | null) => void;
  /** A click or Enter on a single chunk. */
  onChunk: (chunk: number) => void;
  onZoom: (zoom: Zoom, closer: boolean, wider: boolean) => void;
}

/** CSS px for the chunk numbers: 68,719,476,735 and a gap. */
const RULER_PX = 104;

/** The canvas of the map, outside of React: a move of the mouse draws it again and renders nothing. */
export class MapScreen {
  readonly #tiles: CellTiles;
  readonly #painter = new MapPainter();
  readonly #stops: (() => void)[] = [];
  #palette: Palette;
  #field: Field;
  #zooms: Zoom[] = [];
  #camera: Camera = { zoom: { level: 0, px: 4 }, top: 0 };
  #cursor: Pointed | null = null;
  #frame = 0;

  constructor(
    private readonly canvas: HTMLCanvasElement,
    reader: Pick<StoreReader, "map">,
    private readonly map: StoreMap,
    private readonly hooks: Hooks,
  ) {
    this.#tiles = new CellTiles(reader, () => this.#draw());
    this.#palette = paletteOf(parentOf(canvas));
    this.#field = { width: 1, height: 1, chunks: map.chunks };
    const recolour = () => {
      this.#palette = paletteOf(parentOf(canvas));
      this.#draw();
    };
    this.#stops.push(onColours(recolour));
    const observer = new ResizeObserver(() => this.#resize());
    observer.observe(canvas);
    this.#stops.push(() => observer.disconnect());
    this.#resize();
  }

  stop(): void {
    cancelAnimationFrame(this.#frame);
    for (const stop of this.#stops) stop();
  }

  #resize(): void {
    const { clientWidth, clientHeight } = this.canvas;
    const ratio = devicePixelRatio;
    this.canvas.width = Math.round(clientWidth * ratio);
    this.canvas.height = Math.round(clientHeight * ratio);
    const all = this.#isAll();
    const { chunks } = this.map;
    this.#field = { width: Math.max(8, clientWidth - RULER_PX), height: clientHeight, chunks };
    this.#zooms = zoomsOf(this.#field);
    const [first] = this.#zooms;
    if (first !== undefined && (all || !this.#zooms.some((zoom) => this.#isNow(zoom)))) {
      this.#camera = { zoom: first, top: 0 };
    }
    this.#move(this.#camera);
  }

  #isNow({ level, px }: Zoom): boolean {
    return level === this.#camera.zoom.level && px === this.#camera.zoom.px;
  }

  #isAll(): boolean {
    return this.#zooms[0] === undefined || this.#isNow(this.#zooms[0]);
  }

  #move(camera: Camera): void {
    this.#camera = inside(camera, this.#field);
    const at = this.#zooms.findIndex((zoom) => this.#isNow(zoom));
    // Where all of it is in sight, a finger scrolls the page.
    this.canvas.style.touchAction = at === 0 ? "pan-y" : "none";
    this.hooks.onZoom(this.#camera.zoom, at < this.#zooms.length - 1, at > 0);
    this.#draw();
  }

  #draw(): void {
    cancelAnimationFrame(this.#frame);
    this.#frame = requestAnimationFrame(() => {
      const context = this.canvas.getContext("2d");
      if (!context) return;
      context.setTransform(devicePixelRatio, 0, 0, devicePixelRatio, 0, 0);
      const { level } = this.#camera.zoom;
      const cursor = this.#cursor?.level === level ? this.#cursor.cell : null;
      const { zoom, top } = this.#camera;
      const camera = { zoom, top };
      const [field, tiles, palette] = [this.#field, this.#tiles, this.#palette];
      this.#painter.paint(context, camera, field, tiles, palette, cursor, RULER_PX);
    });
  }

  /** Up or down, in CSS px. @returns whether there was anything to move to. */
  pan(dy: number): boolean {
    const { zoom, top } = this.#camera;
    this.#move({ zoom, top: top + dy / zoom.px });
    return this.#camera.top !== top;
  }

  /** @param steps closer where positive. @param at where it stays: the canvas' CSS px, or the cursor. */
  zoom(steps: number, at: { x: number; y: number } | null): void {
    const now = this.#zooms.findIndex((zoom) => this.#isNow(zoom));
    const next = this.#zooms[Math.min(this.#zooms.length - 1, Math.max(0, now + steps))];
    if (next === undefined || this.#isNow(next)) return;
    const place = at ?? this.#cursorPlace();
    const { level } = this.#camera.zoom;
    // The pointer has put the cursor where it is: also a second step then stays with that chunk.
    const cell = this.#cursor?.level === level ? this.#cursor.cell : this.#cellAt(place.x, place.y);
    const chunk = (cell ?? this.#middle()) * 2 ** level;
    if (this.#cursor) {
      this.#cursor = { level: next.level, cell: Math.floor(chunk / 2 ** next.level) };
      this.hooks.onPoint(this.#cursor);
    }
    this.#move(zoomedTo(next, chunk, place.y, this.#field));
  }

  #middle(): number {
    const { zoom, top } = this.#camera;
    const row = Math.floor(top + this.#field.height / zoom.px / 2);
    return Math.min(row * columnsOf(zoom, this.#field), cellsAt(zoom, this.map.chunks) - 1);
  }

  #cursorPlace(): { x: number; y: number } {
    const { zoom, top } = this.#camera;
    const columns = columnsOf(zoom, this.#field);
    const cell = this.#cursor?.cell ?? this.#middle();
    const y = (Math.floor(cell / columns) - top + 0.5) * zoom.px;
    return { x: RULER_PX + ((cell % columns) + 0.5) * zoom.px, y };
  }

  #cellAt(x: number, y: number): number | null {
    return cellAt(this.#camera, x - RULER_PX, y, this.#field);
  }

  /** The pointer is at a place of the canvas, in CSS px. */
  point(x: number, y: number): void {
    const cell = this.#cellAt(x, y);
    this.#cursor = cell === null ? null : { level: this.#camera.zoom.level, cell };
    this.hooks.onPoint(this.#cursor);
    this.#draw();
  }

  /** Goes to what lies there: a single chunk is opened, of more the map shows single ones. */
  open(x: number, y: number): void {
    this.point(x, y);
    this.#openCursor({ x, y });
  }

  #openCursor(at: { x: number; y: number } | null): void {
    if (!this.#cursor) return;
    if (this.#cursor.level === 0) this.hooks.onChunk(this.#cursor.cell);
    else this.zoom(1, at);
  }

  /** @returns whether the key is one of the map's. */
  key(key: string): boolean {
    if (key === "+" || key === "=") this.zoom(1, null);
    else if (key === "-") this.zoom(-1, null);
    else if (key === "Enter" || key === " ") this.#openCursor(null);
    else return this.#moveCursor(key);
    return true;
  }

  #moveCursor(key: string): boolean {
    const { zoom } = this.#camera;
    const columns = columnsOf(zoom, this.#field);
    const page = columns * Math.max(1, Math.floor(this.#field.height / zoom.px) - 1);
    const last = cellsAt(zoom, this.map.chunks) - 1;
    const now = this.#cursor?.level === zoom.level ? this.#cursor.cell : null;
    const from = now ?? 0;
    const target = {
      ArrowLeft: from - 1,
      ArrowRight: now === null ? 0 : from + 1,
      ArrowUp: from - columns,
      ArrowDown: now === null ? 0 : from + columns,
      PageUp: from - page,
      PageDown: from + page,
      Home: 0,
      End: last,
    }[key];
    if (target === undefined) return false;
    this.#cursor = { level: zoom.level, cell: Math.min(Math.max(target, 0), last) };
    this.hooks.onPoint(this.#cursor);
    this.#move(showing(this.#camera, this.#cursor.cell, this.#field));
    return true;
  }
}
