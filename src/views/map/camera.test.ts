import { describe, expect, it } from "vitest";
import {
  cellAt,
  cellsAt,
  columnsOf,
  inside,
  rowsOf,
  showing,
  zoomedTo,
  zoomsOf,
} from "./camera.ts";

const field = { width: 800, height: 600, chunks: 10 ** 8 };

describe("the map's camera", () => {
  it("begins with all of the map in sight, and ends with single chunks", () => {
    for (const chunks of [1, 12, 1000, 50_000, 10 ** 8, 2 ** 36]) {
      const zooms = zoomsOf({ ...field, chunks });
      const [all] = zooms;
      if (!all) throw new Error("no zoom");
      expect(rowsOf(all, { ...field, chunks }) * all.px).toBeLessThanOrEqual(600);
      expect(zooms.at(-1)).toEqual({ level: 0, px: 32 });
      const sizes = zooms.map(({ level, px }) => px / 2 ** level);
      expect(sizes).toEqual([...sizes].sort((a, b) => a - b));
    }
  });

  it("keeps the chunk under the pointer where it is", () => {
    const chunk = 54_321_987;
    for (const zoom of zoomsOf(field).slice(1)) {
      const camera = zoomedTo(zoom, chunk, 250, field);
      const columns = columnsOf(zoom, field);
      const cell = Math.floor(chunk / 2 ** zoom.level);
      const x = (cell % columns) * zoom.px;
      expect(cellAt(camera, x, 250, field)).toBe(cell);
    }
  });

  it("never leaves the map", () => {
    const zoom = { level: 0, px: 4 };
    const bottom = inside({ zoom, top: 1e12 }, field);
    expect(cellAt(bottom, 0, 599, field)).toBeGreaterThan(0);
    expect(cellsAt(zoom, field.chunks)).toBe(10 ** 8);
    expect(inside({ zoom, top: -5 }, field).top).toBe(0);
    expect(cellAt(bottom, 799, 599, field)).toBeNull();
  });

  it("moves no further than the cursor asks for", () => {
    const zoom = { level: 0, px: 20 };
    const columns = columnsOf(zoom, field);
    const camera = { zoom, top: 10 };
    expect(showing(camera, 12 * columns, field)).toEqual(camera);
    expect(showing(camera, 3 * columns, field).top).toBe(3);
    expect(showing(camera, 100 * columns, field).top).toBe(71);
  });
});
