import type { Page } from "@playwright/test";

/** By how many px the page scrolls sideways. */
export const sideways = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

/**
 * What a person on this screen cannot read: the page scrolls sideways, words are cut with "…" or by
 * an edge, or something stands beyond the screen and nothing there scrolls to it.
 * @returns a line for each; empty where all can be read.
 */
export async function cutOff(page: Page): Promise<string[]> {
  const wide = await sideways(page);
  const cut = await cutWords(page);
  return wide > 0 ? [`the page scrolls sideways by ${wide} px`, ...cut] : cut;
}

function cutWords(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const root = document.documentElement;
    const found: string[] = [];
    const isHidden = (one: Element) =>
      one.closest(".sr-only, [hidden], svg") !== null || !one.checkVisibility();
    const scrollsSideways = (one: Element) => {
      for (let at: Element | null = one; at !== null; at = at.parentElement) {
        if (/auto|scroll/.test(getComputedStyle(at).overflowX) && at.scrollWidth > at.clientWidth)
          return true;
      }
      return false;
    };
    for (const one of document.querySelectorAll("body *")) {
      const words = [...one.childNodes].some(
        (node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim(),
      );
      if (!words || isHidden(one)) continue;
      const name = `${one.tagName} “${one.textContent?.slice(0, 60)}”`;
      const { overflowX } = getComputedStyle(one);
      if (/hidden|clip/.test(overflowX) && one.scrollWidth > one.clientWidth + 1)
        found.push(`${name} is cut: ${one.scrollWidth} of ${one.clientWidth} px`);
      const { left, right } = one.getBoundingClientRect();
      if ((right > root.clientWidth + 1 || left < -1) && !scrollsSideways(one))
        found.push(`${name} ends at ${Math.round(right)} px`);
    }
    return found;
  });
}
