import { ByteFocus } from "../../hex/byte-focus.ts";

/**
 * Two grids of chunks that are held side by side: what is selected in one is selected at the same
 * place of the other, which scrolls to it. Bases are where the chunks begin on their devices.
 */
export function linkedFocus(
  oneBase: number,
  otherBase: number,
): { one: ByteFocus; other: ByteFocus } {
  const one = new ByteFocus();
  const other = new ByteFocus();
  let following = false;
  const follow = (from: ByteFocus, to: ByteFocus, by: number) =>
    from.onSelect((caret) => {
      if (following || from.selected === null || caret === null) return;
      following = true;
      const { start, end } = from.selected;
      to.select({ start: start + by, end: end + by }, caret + by);
      following = false;
    });
  follow(one, other, otherBase - oneBase);
  follow(other, one, oneBase - otherBase);
  return { one, other };
}
