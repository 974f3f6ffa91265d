import type { Page } from "@playwright/test";

/** A name of this machine that is a secure context, and that the page does not take for `npm start`. */
export const siteOf = (address: string): string =>
  address.replace("//localhost", "//cowscope.localhost");

/** All of the page is kept: the next visit needs no server. */
export async function waitUntilKept(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
  });
}
