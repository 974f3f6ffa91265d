import { createHash } from "node:crypto";
import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, type Page, test } from "@playwright/test";
import { CowscopePage } from "./support/cowscope-page.ts";
import { siteOf, waitUntilKept } from "./support/offline-page.ts";
import { DIST, servePlainly, type TestServer } from "./support/servers.ts";
import { invalidated } from "./support/stores.ts";

/** The page below a folder of a host that sends no headers, as a copy that a test may change. */
async function publish(folder: string): Promise<TestServer> {
  cpSync(DIST, join(folder, "some", "where"), { recursive: true });
  const server = await servePlainly(folder);
  return { ...server, address: `${siteOf(server.address)}some/where/` };
}

/** The next version: its page has another title, and its service worker says which bytes that are. */
function publishNext(folder: string, title: string): void {
  const hash = (text: string) => `sha256-${createHash("sha256").update(text).digest("base64")}`;
  const at = (file: string) => join(folder, "some", "where", file);
  const page = readFileSync(at("index.html"), "utf8");
  const next = page.replace("<noscript>", `<p id="next">${title}</p><noscript>`);
  const worker = readFileSync(at("sw.js"), "utf8");
  expect(worker).toContain(hash(page));
  writeFileSync(at("index.html"), next);
  writeFileSync(
    at("sw.js"),
    worker.replace(hash(page), hash(next)).replace(/(?<=\})[0-9a-f]{16}(?=`)/, "0123456789abcdef"),
  );
}

const next = (page: Page) => page.locator("#next");

test("the second visit needs no network: a sample, the replay and a dropped image", async ({
  page,
  context,
}, testInfo) => {
  const server = await publish(testInfo.outputPath("host"));
  const asked: string[] = [];
  context.on("request", (request) => asked.push(request.url()));
  await page.goto(server.address);
  await waitUntilKept(page);
  // The service worker's own requests among them.
  expect(asked).toContain(`${server.address}samples/healthy.img`);
  expect(
    asked.filter((url) => !url.startsWith(server.address) && !url.startsWith("blob:")),
  ).toEqual([]);
  await server.close();
  await context.setOffline(true);
  await page.goto(server.address);
  const cowscope = new CowscopePage(page);
  await cowscope.openSample("A header torn by an exception");
  await expect(cowscope.verdict).toContainText("torn");
  await page.keyboard.press("3");
  await expect(page.getByRole("slider", { name: "Step" })).toBeVisible();
  await cowscope.drop("mine.img", invalidated());
  await expect(cowscope.title).toContainText("invalidated");
  await page.goto(`${server.address}index.html#inspect?v=1&sample=nested`);
  await expect(cowscope.title).toHaveText("2 COW stores in disk.img.gz");
});

test("a newer version comes whole, and only when a person says so", async ({ page }, testInfo) => {
  const folder = testInfo.outputPath("host");
  const server = await publish(folder);
  await page.goto(server.address);
  await waitUntilKept(page);
  publishNext(folder, "the next version");
  await page.reload();
  const notice = page.getByRole("status").filter({ hasText: "A newer version of this page" });
  await expect(notice).toBeVisible();
  await expect(next(page)).toHaveCount(0);
  await page.reload();
  await expect(notice).toBeVisible();
  await expect(next(page)).toHaveCount(0);
  await notice.getByRole("button", { name: "Load it" }).click();
  await expect(next(page)).toHaveText("the next version");
  await expect(notice).toHaveCount(0);
  await server.close();
});

test("a host that is half updated changes nothing", async ({ page }, testInfo) => {
  const folder = testInfo.outputPath("host");
  const server = await publish(folder);
  await page.goto(server.address);
  await waitUntilKept(page);
  publishNext(folder, "the next version");
  // Its page is not there yet: what arrives has not the hash that it should have.
  writeFileSync(join(folder, "some", "where", "index.html"), "<p>half</p>");
  const failed = await page.evaluate(async () => {
    const registration = await navigator.serviceWorker.ready;
    await registration.update().catch(() => {});
    const { installing } = registration;
    await new Promise<void>((resolve) => {
      if (installing === null) resolve();
      else
        installing.addEventListener("statechange", () => {
          if (installing.state === "redundant") resolve();
        });
    });
    return registration.waiting === null && (await caches.keys()).length;
  });
  expect(failed).toBe(1);
  await page.reload();
  await expect(new CowscopePage(page).title).toContainText("Drop a dm-snapshot");
  await server.close();
});

test("what is kept comes under the page's policy, though the host sends none", async ({
  page,
}, testInfo) => {
  const server = await publish(testInfo.outputPath("host"));
  const first = await page.goto(server.address);
  expect(first?.headers()["content-security-policy"]).toBeUndefined();
  await waitUntilKept(page);
  const second = await page.goto(server.address);
  expect(second?.fromServiceWorker()).toBe(true);
  const policy = second?.headers()["content-security-policy"];
  expect(policy).toContain("frame-ancestors 'none'");
  expect(policy).toContain("connect-src 'self'");
  await server.close();
});

test("behind `npm start` nothing is kept: another page may lie there tomorrow", async ({
  page,
}) => {
  await page.goto("./");
  await expect(new CowscopePage(page).title).toBeVisible();
  await page.waitForFunction(() =>
    performance.getEntriesByType("resource").some(({ name }) => name.includes("InspectView-")),
  );
  expect(
    await page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length),
  ).toBe(0);
});

test("the page can be installed, and opens what the desktop hands to it", async ({
  page,
  baseURL,
}) => {
  const store = Buffer.from(invalidated()).toString("base64");
  await page.addInitScript((base64) => {
    const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
    const setConsumer = (consumer: (launch: object) => void) =>
      consumer({ files: [{ getFile: async () => new File([bytes], "snap.cow") }] });
    Object.defineProperty(window, "launchQueue", { value: { setConsumer } });
  }, store);
  await page.goto("./");
  await expect(new CowscopePage(page).title).toContainText("invalidated");
  await expect(page.getByRole("banner")).toContainText("snap.cow");

  const session = await page.context().newCDPSession(page);
  const { url, data, errors } = await session.send("Page.getAppManifest");
  expect(url).toBe(`${baseURL}manifest.webmanifest`);
  expect(errors).toEqual([]);
  const { file_handlers, icons } = JSON.parse(data ?? "{}");
  expect(file_handlers[0].accept["application/x-raw-disk-image"]).toEqual([".img", ".cow"]);
  for (const { src } of icons) expect((await page.request.get(`./${src}`)).ok(), src).toBe(true);
});

test("a link to the page has a preview", async ({ page, request }) => {
  await page.goto("./");
  const of = (name: string) => page.locator(`meta[property="og:${name}"]`).getAttribute("content");
  expect(await of("title")).toContain("cowscope");
  expect(await of("description")).toContain("dm-snapshot COW store");
  const image = await request.get((await of("image")) ?? "");
  expect(image.headers()["content-type"]).toBe("image/jpeg");
  expect((await image.body()).length).toBeLessThan(150_000);
});
