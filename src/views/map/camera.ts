/**
 * Which part of the map is on the screen: cells in rows, like words of a text. A cell is 2^level
 * chunks and `px` wide and high; zooming in first takes smaller cells, then draws chunks larger.
 */
export interface Zoom {
  level: number;
  px: number;
}

export interface Camera {
  zoom: Zoom;
  /** Rows of cells above the upper edge, whole or not. */
  top: number;
}

/** The space for cells, in CSS px, and the chunks that are drawn in it. */
export interface Field {
  width: number;
  height: number;
  chunks: number;
}

const CELL_PX = 4;
const CHUNK_PX = [4, 8, 12, 20, 32] as const;

export const cellsAt = ({ level }: Zoom, chunks: number): number => Math.ceil(chunks / 2 ** level);

/** Cells in a row: a round number, so that the ruler's are, too. */
export function columnsOf({ px }: Zoom, { width }: Field): number {
  const fit = Math.floor(width / px);
  return Math.max(4, fit >= 32 ? fit - (fit % 16) : fit - (fit % 4));
}

export const rowsOf = (zoom: Zoom, field: Field): number =>
  Math.ceil(cellsAt(zoom, field.chunks) / columnsOf(zoom, field));

/** From the one that shows all of the map to the one that shows single chunks largest. */
export function zoomsOf(field: Field): Zoom[] {
  const fits = (zoom: Zoom) => rowsOf(zoom, field) * zoom.px <= field.height;
  const finest = CHUNK_PX.map((px) => ({ level: 0, px }));
  const largest = finest.findLastIndex(fits);
  if (largest >= 0) return finest.slice(largest);
  const coarse: Zoom[] = [];
  for (let level = 1; level < 53; level += 1) {
    const zoom = { level, px: CELL_PX };
    coarse.unshift(zoom);
    if (fits(zoom)) break;
  }
  return [...coarse, ...finest];
}

/** The same camera, no further up or down than the map goes. */
export function inside({ zoom, top }: Camera, field: Field): Camera {
  const most = rowsOf(zoom, field) - field.height / zoom.px;
  return { zoom, top: Math.max(0, Math.min(top, most)) };
}

/** Zoomed to `zoom`, with `chunk` at the height `y` of the field. */
export function zoomedTo(zoom: Zoom, chunk: number, y: number, field: Field): Camera {
  const row = Math.floor(chunk / 2 ** zoom.level / columnsOf(zoom, field));
  return inside({ zoom, top: row + 0.5 - y / zoom.px }, field);
}

/** Moved just so far that `cell` is in sight. */
export function showing(camera: Camera, cell: number, field: Field): Camera {
  const row = Math.floor(cell / columnsOf(camera.zoom, field));
  const rows = Math.max(1, field.height / camera.zoom.px);
  const top = Math.min(row, Math.max(camera.top, row + 1 - rows));
  return inside({ ...camera, top }, field);
}

/** The cell at a place of the field; null where there is none. */
export function cellAt({ zoom, top }: Camera, x: number, y: number, field: Field): number | null {
  const columns = columnsOf(zoom, field);
  const column = Math.floor(x / zoom.px);
  if (x < 0 || column >= columns || y < 0) return null;
  const cell = Math.floor(top + y / zoom.px) * columns + column;
  return cell < cellsAt(zoom, field.chunks) ? cell : null;
}
