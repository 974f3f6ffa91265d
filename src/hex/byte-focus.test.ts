import { describe, expect, it } from "vitest";
import { ByteFocus, CARET, CLOSES, HOVERED, OPENS, SELECTED } from "./byte-focus.ts";

const byte = (offset: number) => ({ start: offset, end: offset + 1 });

describe("ByteFocus", () => {
  it("frames nothing once it is cleared, and says so", () => {
    const focus = new ByteFocus();
    const carets: (number | null)[] = [];
    focus.onSelect((caret) => carets.push(caret));
    focus.select({ start: 4, end: 8 });
    focus.clear();
    expect(focus.look(byte(4))).toBe(0);
    expect(carets).toEqual([4, null]);
  });

  it("wakes only the cells that a hover leaves or enters", () => {
    const focus = new ByteFocus();
    const woken: number[] = [];
    for (let at = 0; at < 64; at += 1) focus.watch(byte(at), () => woken.push(at));
    focus.hover({ start: 4, end: 8 });
    expect(woken).toEqual([4, 5, 6, 7]);
    woken.length = 0;
    focus.hover(byte(7));
    expect(woken).toEqual([4, 5, 6]);
    woken.length = 0;
    focus.hover(byte(7));
    expect(woken).toEqual([]);
  });

  it("says where the frame opens and closes, and where the caret is", () => {
    const focus = new ByteFocus();
    focus.select({ start: 4, end: 8 }, 6);
    expect(focus.look(byte(3))).toBe(0);
    expect(focus.look(byte(4))).toBe(SELECTED | OPENS);
    expect(focus.look(byte(6))).toBe(SELECTED | CARET);
    expect(focus.look(byte(7))).toBe(SELECTED | CLOSES);
    expect(focus.look({ start: 0, end: 16 })).toBe(SELECTED | OPENS | CLOSES | CARET);
  });

  it("keeps hover and selection apart", () => {
    const focus = new ByteFocus();
    focus.select(byte(1));
    focus.hover(byte(2));
    expect(focus.look(byte(2))).toBe(HOVERED);
    focus.hover(null);
    expect(focus.look(byte(2))).toBe(0);
    expect(focus.look(byte(1)) & SELECTED).toBe(SELECTED);
  });

  it("tells of every selection, also of the same bytes again, until told to stop", () => {
    const focus = new ByteFocus();
    const carets: (number | null)[] = [];
    const stop = focus.onSelect((caret) => carets.push(caret));
    focus.select(byte(9));
    focus.select(byte(9));
    stop();
    focus.select(byte(1));
    expect(carets).toEqual([9, 9]);
  });
});
