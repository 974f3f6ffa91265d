import { expect, type Page, test, type Worker } from "@playwright/test";
import { listenForStrays, servePlainly, type TestServer } from "./support/servers.ts";

/** Every way a worker has to send something to `stranger`; what each answered, by its name. */
async function sendFrom(worker: Worker, stranger: string): Promise<Record<string, string>> {
  return worker.evaluate(async (address) => {
    const worked = (sent: Promise<unknown>) =>
      sent.then(
        () => "sent",
        () => "refused",
      );
    const told = (open: () => EventTarget, good: string, bad: string) =>
      worked(
        new Promise<void>((resolve, reject) => {
          const target = open();
          target.addEventListener(good, () => resolve());
          target.addEventListener(bad, () => reject(new Error(bad)));
        }),
      );
    const nested = `fetch(${JSON.stringify(`${address}nested`)}, { mode: "no-cors" })
      .then(() => postMessage("sent"), () => close())`;
    const request = new XMLHttpRequest();
    return {
      fetch: await worked(fetch(`${address}fetch`, { method: "POST", body: "bytes" })),
      opaque: await worked(fetch(`${address}opaque`, { mode: "no-cors" })),
      import: await worked(import(`${address}module.js`)),
      socket: await told(
        () => new WebSocket(`${address.replace("http", "ws")}socket`),
        "open",
        "error",
      ),
      events: await told(() => new EventSource(`${address}events`), "open", "error"),
      request: await told(
        () => {
          request.open("GET", `${address}request`);
          request.send();
          return request;
        },
        "load",
        "error",
      ),
      // A worker of the worker: refused outright, or as bound as its parent.
      nested: await Promise.race([
        told(() => new Worker(URL.createObjectURL(new Blob([nested]))), "message", "error"),
        new Promise<string>((resolve) => setTimeout(() => resolve("refused"), 2000)),
      ]),
    };
  }, stranger);
}

const REFUSED = {
  fetch: "refused",
  opaque: "refused",
  import: "refused",
  socket: "refused",
  events: "refused",
  request: "refused",
  nested: "refused",
};

/** Both workers of the page: the store's starts with it, the race's with the replay. */
async function workersOf(page: Page, address: string): Promise<Worker[]> {
  await page.goto(new URL("#replay", address).href);
  await page.getByRole("slider", { name: "Step" }).waitFor();
  await expect.poll(() => page.workers().length).toBe(2);
  return page.workers();
}

async function expectSilence(page: Page, address: string): Promise<void> {
  const stranger = await listenForStrays();
  try {
    for (const worker of await workersOf(page, address)) {
      expect(await sendFrom(worker, stranger.address)).toEqual(REFUSED);
    }
    const fromPage = await page.evaluate(
      (to) =>
        fetch(to, { mode: "no-cors" }).then(
          () => "sent",
          () => "refused",
        ),
      `${stranger.address}page`,
    );
    expect(fromPage).toBe("refused");
    expect(stranger.heard).toEqual([]);
    // The stranger does listen: what the policy does not bind reaches it.
    await fetch(`${stranger.address}control`);
    expect(stranger.heard).toEqual(["GET /control"]);
  } finally {
    await stranger.close();
  }
}

test("nothing leaves the machine, not from a worker either: `npm start`", async ({
  page,
  baseURL,
}) => {
  await expectSilence(page, baseURL ?? "");
});

test.describe("behind a host that sends no headers", () => {
  let host: TestServer;
  test.beforeAll(async () => {
    host = await servePlainly();
  });
  test.afterAll(() => host.close());

  test("nothing leaves the machine, not from a worker either", async ({ page }) => {
    await expectSilence(page, host.address);
  });

  test("the page cannot start a worker that the policy does not bind", async ({ page }) => {
    const [store] = await workersOf(page, host.address);
    expect(store?.url()).toMatch(/^blob:/);
    const script = await page
      .locator("script[src]")
      .evaluate((element) => (element as HTMLScriptElement).src);
    const started = await page.evaluate(
      (file) =>
        new Promise((resolve) => {
          try {
            const worker = new Worker(file, { type: "module" });
            worker.addEventListener("error", () => resolve("refused"));
            worker.addEventListener("message", () => resolve("started"));
          } catch {
            resolve("refused");
          }
        }),
      script,
    );
    expect(started).toBe("refused");
  });
});

test("nothing leaves the machine, not from a worker either: the single file", async ({ page }) => {
  await expectSilence(page, new URL("../dist/cowscope.html", import.meta.url).href);
});

test("`npm start` sends what a <meta> cannot say", async ({ request }) => {
  for (const path of ["./", "./favicon.svg"]) {
    const headers = (await request.get(path)).headers();
    expect(headers["content-security-policy"]).toContain("frame-ancestors 'none'");
    expect(headers["content-security-policy"]).toContain("connect-src 'self'");
    expect(headers["x-content-type-options"]).toBe("nosniff");
    expect(headers["referrer-policy"]).toBe("no-referrer");
  }
});
