import { expect, test } from "vitest";
import { Undo } from "./undo.ts";

test("changes are taken back one by one, and made again", () => {
  const undo = new Undo<string>();
  expect(undo.undo("a")).toBeNull();
  undo.changed("a", null);
  undo.changed("b", null);
  expect(undo.undo("c")).toBe("b");
  expect(undo.undo("b")).toBe("a");
  expect([undo.canUndo, undo.canRedo]).toEqual([false, true]);
  expect(undo.redo("a")).toBe("b");
  undo.changed("b", null);
  expect(undo.canRedo).toBe(false);
  expect(undo.undo("d")).toBe("b");
});

test("what one slider did in a row is one change", () => {
  const undo = new Undo<number>();
  undo.changed(0, "index");
  undo.changed(1, "index");
  undo.changed(2, "copies");
  undo.changed(3, "copies");
  expect(undo.undo(4)).toBe(2);
  expect(undo.undo(2)).toBe(0);
  undo.changed(0, "index");
  expect(undo.undo(1)).toBe(0);
});
