import { test as base, expect } from "@playwright/test";
import { CowscopePage } from "./cowscope-page.ts";
import { ReplayPage } from "./replay-page.ts";

/**
 * Every test, whatever else it shows, also shows that no request leaves the page's own origin, that
 * the content security policy is never violated, and that nothing throws unseen.
 */
export const test = base.extend<{ cowscope: CowscopePage; replay: ReplayPage }>({
  cowscope: async ({ page, baseURL }, use) => {
    const strangers: string[] = [];
    const complaints: string[] = [];
    page.on("request", (request) => {
      const { origin } = new URL(request.url());
      if (origin !== new URL(baseURL ?? "").origin) strangers.push(request.url());
    });
    page.on("pageerror", (error) => complaints.push(error.message));
    page.on("console", (message) => {
      if (message.text().includes("Content Security Policy")) complaints.push(message.text());
    });
    await page.goto("./");
    await use(new CowscopePage(page));
    expect(strangers, "requests to other origins").toEqual([]);
    expect(complaints, "page errors and policy violations").toEqual([]);
  },
  replay: async ({ cowscope }, use) => use(new ReplayPage(cowscope.page)),
});

export { expect };
