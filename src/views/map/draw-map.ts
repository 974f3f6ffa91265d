import {
  CELL_CROSSED,
  CELL_FOUND,
  CELL_KIND,
  CHUNK_KINDS,
  TILE_CELLS,
} from "../../protocol/map.ts";
import { grouped } from "../../ui/format.ts";
import { type Camera, cellsAt, columnsOf, type Field } from "./camera.ts";
import type { CellTiles } from "./cell-tiles.ts";
import { FOUND, KIND_WORDS } from "./kind-words.ts";
import type { Palette } from "./palette.ts";

/** From this cell size on there are lines between cells, and letters on them. */
const LINES_PX = 8;
const LETTERS_PX = 12;
/** Between the numbers of the ruler, at least. */
const RULER_STEP_PX = 22;

/** Which cells are on the screen. */
interface Sight {
  columns: number;
  firstRow: number;
  rows: number;
  /** Where the first of the rows begins: at the upper edge, or above it. */
  y: number;
}

function sightOf({ zoom, top }: Camera, field: Field): Sight {
  const columns = columnsOf(zoom, field);
  const firstRow = Math.floor(top);
  const cells = cellsAt(zoom, field.chunks);
  const inSight = Math.ceil(field.height / zoom.px) + 1;
  const rows = Math.max(0, Math.min(inSight, Math.ceil(cells / columns) - firstRow));
  return { columns, firstRow, rows, y: (firstRow - top) * zoom.px };
}

/** Draws the map: one pixel a cell, then scaled. What has not come yet is left pale. */
export class MapPainter {
  readonly #small = document.createElement("canvas");

  /** @param context scaled to CSS px. @param ruler its width. */
  paint(
    context: CanvasRenderingContext2D,
    camera: Camera,
    field: Field,
    tiles: CellTiles,
    palette: Palette,
    cursor: number | null,
    ruler: number,
  ): void {
    const sight = sightOf(camera, field);
    const { px } = camera.zoom;
    context.clearRect(0, 0, ruler + field.width, field.height);
    if (sight.rows === 0) return;
    const bytes = this.#bytesOf(camera, sight, field, tiles);
    this.#fill(bytes, sight, palette, px);
    context.imageSmoothingEnabled = false;
    const [width, height] = [sight.columns * px, sight.rows * px];
    context.drawImage(this.#small, ruler, sight.y, width, height);
    if (px >= LINES_PX) drawLines(context, sight, px, palette, ruler);
    if (px >= LETTERS_PX) drawLetters(context, bytes, sight, px, palette, ruler);
    if (cursor !== null) drawCursor(context, cursor, sight, px, palette, ruler);
    drawRuler(context, camera, sight, palette, ruler);
  }

  /** A byte a cell in sight; 255 where there is none, 254 where it is not known yet. */
  #bytesOf({ zoom }: Camera, sight: Sight, field: Field, tiles: CellTiles): Uint8Array {
    const first = sight.firstRow * sight.columns;
    const end = Math.min(first + sight.rows * sight.columns, cellsAt(zoom, field.chunks));
    const bytes = new Uint8Array(sight.rows * sight.columns).fill(NO_CELL);
    for (let cell = first; cell < end; ) {
      const tile = Math.floor(cell / TILE_CELLS);
      const stop = Math.min(end, (tile + 1) * TILE_CELLS);
      const cells = tiles.tile(zoom.level, tile);
      const from = cell - tile * TILE_CELLS;
      if (cells) bytes.set(cells.subarray(from, from + stop - cell), cell - first);
      else bytes.fill(PENDING, cell - first, stop - first);
      cell = stop;
    }
    return bytes;
  }

  #fill(bytes: Uint8Array, { columns, rows }: Sight, palette: Palette, px: number): void {
    if (this.#small.width !== columns) this.#small.width = columns;
    if (this.#small.height !== rows) this.#small.height = rows;
    const context = this.#small.getContext("2d");
    if (!context) return;
    const image = context.createImageData(columns, rows);
    const pixels = new Uint32Array(image.data.buffer);
    const colours = coloursOf(palette, px >= LETTERS_PX);
    for (let at = 0; at < bytes.length; at += 1) pixels[at] = colours[bytes[at] ?? 0] ?? 0;
    context.putImageData(image, 0, 0);
  }
}

const NO_CELL = 255;
const PENDING = 254;

/** A pixel for every byte that a cell can have. @param lettered a finding then has its own mark. */
function coloursOf(palette: Palette, lettered: boolean): Uint32Array {
  return Uint32Array.from({ length: 256 }, (_, byte) => {
    if (byte === NO_CELL) return 0;
    if (byte === PENDING) return palette.pending;
    if (byte & CELL_CROSSED) return palette.crossed;
    if (byte & CELL_FOUND && !lettered) return palette.found;
    return palette.kinds[byte & CELL_KIND] ?? 0;
  });
}

function drawLines(
  context: CanvasRenderingContext2D,
  { columns, rows, y }: Sight,
  px: number,
  { ground }: Palette,
  ruler: number,
): void {
  context.fillStyle = ground;
  for (let column = 1; column <= columns; column += 1) {
    context.fillRect(ruler + column * px - 1, y, 1, rows * px);
  }
  for (let row = 1; row <= rows; row += 1) {
    context.fillRect(ruler, y + row * px - 1, columns * px, 1);
  }
}

function drawLetters(
  context: CanvasRenderingContext2D,
  bytes: Uint8Array,
  { columns, y }: Sight,
  px: number,
  palette: Palette,
  ruler: number,
): void {
  context.font = `600 ${Math.min(14, px - 3)}px Inter, sans-serif`;
  context.textAlign = "center";
  context.textBaseline = "middle";
  for (const [at, byte] of bytes.entries()) {
    if (byte >= PENDING) continue;
    const kind = CHUNK_KINDS[byte & CELL_KIND] ?? "free";
    const left = ruler + (at % columns) * px;
    const top = y + Math.floor(at / columns) * px;
    const found = (byte & CELL_FOUND) !== 0;
    if (found) {
      context.strokeStyle = cssOf(palette.found);
      context.lineWidth = 3;
      context.strokeRect(left + 1.5, top + 1.5, px - 4, px - 4);
    }
    const letter =
      found && px >= 20 ? `${KIND_WORDS[kind].letter}${FOUND.letter}` : KIND_WORDS[kind].letter;
    if (letter === "") continue;
    context.fillStyle = kind === "free" ? palette.ink : palette.light;
    context.fillText(letter, left + px / 2 - 0.5, top + px / 2);
  }
}

const cssOf = (pixel: number): string =>
  `rgb(${pixel & 255} ${(pixel >> 8) & 255} ${(pixel >> 16) & 255})`;

function drawCursor(
  context: CanvasRenderingContext2D,
  cell: number,
  { columns, firstRow, y }: Sight,
  px: number,
  { cursor, ground }: Palette,
  ruler: number,
): void {
  const left = ruler + (cell % columns) * px;
  const top = y + (Math.floor(cell / columns) - firstRow) * px;
  // Two frames: one of them is seen on any colour.
  context.lineWidth = 2;
  context.strokeStyle = ground;
  context.strokeRect(left - 3, top - 3, px + 5, px + 5);
  context.strokeStyle = cursor;
  context.strokeRect(left - 1, top - 1, px + 1, px + 1);
}

/** Beside every so many rows the number of its first chunk. */
function drawRuler(
  context: CanvasRenderingContext2D,
  { zoom }: Camera,
  { columns, firstRow, rows, y }: Sight,
  { ink, ground }: Palette,
  ruler: number,
): void {
  context.fillStyle = ground;
  context.fillRect(0, 0, ruler, context.canvas.height);
  context.fillStyle = ink;
  context.font = "11px JetBrains Mono, monospace";
  context.textAlign = "right";
  context.textBaseline = "middle";
  const step = Math.max(1, Math.ceil(RULER_STEP_PX / zoom.px));
  for (let row = 0; row < rows; row += 1) {
    if ((firstRow + row) % step !== 0) continue;
    const chunk = (firstRow + row) * columns * 2 ** zoom.level;
    context.fillText(grouped(chunk), ruler - 8, Math.max(7, y + row * zoom.px + zoom.px / 2));
  }
}
