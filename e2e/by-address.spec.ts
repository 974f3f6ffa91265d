import { expect, type Page, test } from "@playwright/test";
import { diskFiles, diskRow } from "../testing/disk-rows.ts";
import { sendRange, type WebServer, webServer } from "../testing/web-server.ts";
import { axeFindings } from "./support/axe.ts";
import { CowscopePage } from "./support/cowscope-page.ts";
import { sideways } from "./support/cut-off.ts";
import { damaged, healthy } from "./support/stores.ts";

type Answering = Parameters<typeof webServer>[0];

/** What a server of another site sends, so that a page may read what it sends. */
const SHOWN = {
  "access-control-allow-origin": "*",
  "access-control-expose-headers": "Content-Range, ETag, Retry-After",
};
const sending =
  (file: Uint8Array, headers: Record<string, string> = { etag: '"one"', ...SHOWN }): Answering =>
  (request, response) =>
    sendRange(request, response, file, headers);

const servers: WebServer[] = [];
test.afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

async function serve(answer: Answering): Promise<WebServer> {
  const server = await webServer(answer);
  servers.push(server);
  return server;
}

const field = (page: Page) => page.getByLabel("Address of the image");
const consent = (page: Page) => page.getByRole("region", { name: "What is sent" });
const agree = (page: Page) => consent(page).getByRole("button", { name: /^Read it from/ });

async function typeAddress(page: Page, address: string): Promise<void> {
  await page.goto("./address.html");
  await field(page).fill(address);
}

async function openAddress(page: Page, address: string): Promise<CowscopePage> {
  await typeAddress(page, address);
  await agree(page).click();
  return new CowscopePage(page);
}

test("the start page leads to it, and nothing is asked before the one click", async ({ page }) => {
  const server = await serve(sending(healthy(300)));
  await page.goto("./");
  await page.getByRole("link", { name: "Read it by its address" }).click();
  await expect(page).toHaveURL(/address\.html$/);
  await field(page).fill(`${server.origin}/cow%20one.img?token=secret`);
  const { host } = new URL(server.origin);
  await expect(consent(page)).toContainText(`${host} will see this machine’s network address`);
  await expect(consent(page)).toContainText("which bytes of /cow%20one.img are asked for");
  await expect(consent(page)).toContainText("packed as one stream");
  await expect(consent(page)).not.toContainText("secret");
  await page.keyboard.press("Enter");
  await expect(agree(page)).toBeFocused();
  expect(server.requests).toEqual([]);
  await agree(page).click();
  const cowscope = new CowscopePage(page);
  await expect(cowscope.verdict).toContainText("activates");
  await expect(page.getByRole("banner")).toContainText("cow one.img · 4 MiB");
  await expect(page.getByRole("banner")).toContainText(`asked of ${host} alone`);
  expect(page.url()).not.toContain("secret");
});

test("only ranges are asked for, of that server, without referrer, cookie or password", async ({
  page,
  context,
  baseURL,
}) => {
  const server = await serve(sending(healthy(300)));
  const domain = "127.0.0.1";
  await context.addCookies([{ name: "session", value: "secret", domain, path: "/" }]);
  const strangers: string[] = [];
  page.on("request", (request) => {
    const { origin } = new URL(request.url());
    if (![new URL(baseURL ?? "").origin, server.origin].includes(origin)) {
      strangers.push(request.url());
    }
  });
  const cowscope = await openAddress(page, `${server.origin}/cow.img`);
  await expect(cowscope.verdict).toContainText("activates");
  await cowscope.exceptions.getByRole("row").nth(1).waitFor();
  expect(strangers).toEqual([]);
  expect(server.requests[0]?.range).toBe("bytes=0-0");
  for (const { method, range, authorization, referer, cookie, encoding } of server.requests) {
    expect([method, authorization, referer, cookie, encoding]).toEqual([
      "GET",
      "",
      "",
      "",
      "identity",
    ]);
    expect(range).toMatch(/^bytes=\d+-\d+$/);
  }
  const bytes = server.requests.map(({ range }) => {
    const [from = 0, to = 0] = range.replace("bytes=", "").split("-").map(Number);
    return to - from + 1;
  });
  // Of 4 MiB.
  expect(bytes.reduce((sum, one) => sum + one, 0)).toBeLessThan(700_000);
});

test("a whole disk shows its tree; a store in it, its snapshot, and back", async ({ page }) => {
  const row = diskRow("qcow2-v3");
  const [disk] = diskFiles(row);
  if (!disk) throw new Error("no disk");
  const server = await serve(sending(disk.bytes));
  const cowscope = await openAddress(page, `${server.origin}/${disk.name}`);
  await expect(cowscope.title).toHaveText("2 COW stores in disk.qcow2");
  const tree = page.getByRole("treegrid", { name: "What is in it" });
  const good = tree.getByRole("row", { name: /^vgwrap\/good snapshot/ });
  await expect(good).toContainText("healthy");
  await good.click();
  await expect(cowscope.verdict).toContainText("activates");
  await page.getByRole("tab", { name: "Snapshot" }).click();
  await cowscope.snapshot.getByRole("button", { name: "Read the snapshot" }).click();
  const store = row.stores.find(({ name }) => name === "vgwrap/good");
  await expect(cowscope.snapshot).toContainText(store?.snapshot_sha256 ?? "none");
  await page.goBack();
  await expect(cowscope.title).toHaveText("2 COW stores in disk.qcow2");
  await expect(page.getByRole("banner")).toContainText(/read [\d.]+ [KM]iB of [\d.]+ MiB/);
});

test("a snapshot is read with an origin of this machine; the plan of a repair fetches the store", async ({
  page,
}) => {
  const server = await serve(sending(damaged()));
  const cowscope = await openAddress(page, `${server.origin}/cow.img?token=secret`);
  await expect(cowscope.verdict).toContainText("damaged");
  const origin = new Uint8Array(601 * 3 * 4096).fill(7);
  await page.getByRole("tab", { name: "Snapshot" }).click();
  await cowscope.pickOrigin("origin.img", origin);
  await expect(cowscope.snapshot).toContainText(/[0-9a-f]{64}/);
  await page.getByRole("link", { name: /Repair/ }).click();
  const surgical = page.getByRole("region", { name: "Surgical" });
  await surgical.getByText("Commands", { exact: true }).click();
  await expect(surgical).toContainText(
    `cowscope extract ${server.origin}/cow.img --out cow.img.repaired`,
  );
  await expect(surgical.getByRole("button", { name: /Save the repaired copy/ })).toHaveCount(0);
});

test("after a reload the server is asked again only by a click", async ({ page }) => {
  const server = await serve(sending(healthy()));
  const address = `${server.origin}/cow.img`;
  const cowscope = await openAddress(page, address);
  await expect(cowscope.verdict).toContainText("activates");
  const asked = server.requests.length;
  await page.reload();
  await expect(field(page)).toHaveValue(address);
  await expect(page.getByText("a server is not asked again by itself")).toBeVisible();
  expect(server.requests.length).toBe(asked);
  await agree(page).click();
  await expect(cowscope.verdict).toContainText("activates");
});

test("a file of this machine can be dropped there as well", async ({ page }) => {
  await page.goto("./address.html");
  const cowscope = new CowscopePage(page);
  await cowscope.drop("here.img", healthy());
  await expect(cowscope.verdict).toContainText("activates");
  await expect(page.getByRole("banner")).toContainText("nothing left this machine");
});

test.describe("trouble is said in words, and what to do instead", () => {
  const file = healthy();
  const cases: [name: string, answer: Answering, code: string, words: string][] = [
    [
      "a server that ignores ranges",
      (_, response) => response.writeHead(200, SHOWN).end(file),
      "image.unreadable",
      "this server sends no ranges, only the whole file (200 instead of 206): download it first",
    ],
    [
      "one without CORS",
      sending(file, {}),
      "image.unreadable",
      "does not let pages of other sites",
    ],
    [
      "one that hides Content-Range",
      sending(file, { "access-control-allow-origin": "*" }),
      "image.unreadable",
      "Access-Control-Expose-Headers lacks Content-Range",
    ],
    [
      "404",
      (_, response) => response.writeHead(404, SHOWN).end(),
      "image.unreadable",
      "404, that there is no such file",
    ],
    [
      "a redirect",
      (_, response) => response.writeHead(302, { ...SHOWN, location: "/other" }).end(),
      "image.unreadable",
      "the address leads on to another one",
    ],
    [
      "one that wants to be asked in an hour",
      (_, response) => response.writeHead(503, { ...SHOWN, "retry-after": "3600" }).end(),
      "image.unavailable",
      "it asks to come again after 3600 s",
    ],
    [
      "a file that changes meanwhile",
      (request, response, count) =>
        sendRange(request, response, file, { ...SHOWN, etag: count === 1 ? '"one"' : '"two"' }),
      "image.changed",
      "it is another file now (ETag or Last-Modified)",
    ],
  ];
  for (const [name, answer, code, words] of cases) {
    test(name, async ({ page }) => {
      const server = await serve(answer);
      const cowscope = await openAddress(page, `${server.origin}/disk.img`);
      await expect(cowscope.problem).toContainText(words);
      await expect(cowscope.problem).toContainText(code);
      await expect(cowscope.problem).toContainText(`asked of ${new URL(server.origin).host}`);
      await expect(cowscope.problem).toContainText(/download/i);
    });
  }

  test("no network", async ({ page, context }) => {
    const server = await serve(sending(file));
    const core = page.waitForResponse(/\.wasm$/);
    await typeAddress(page, `${server.origin}/disk.img`);
    await (await core).finished();
    await page.waitForLoadState("networkidle");
    await context.setOffline(true);
    await agree(page).click();
    const { problem } = new CowscopePage(page);
    await expect(problem).toContainText("image.unavailable");
    await expect(problem).toContainText("this machine has no network now");
  });

  test("nobody listens there", async ({ page }) => {
    const gone = await webServer(sending(file));
    await gone.close();
    const { problem } = await openAddress(page, `${gone.origin}/disk.img`);
    await expect(problem).toContainText("the server cannot be reached");
  });

  test("a moment's trouble is waited out, and what failed is asked for again", async ({ page }) => {
    let there = false;
    const server = await serve((request, response, count) => {
      if (!there) response.writeHead(404, SHOWN).end();
      else if (count % 2 === 1) response.writeHead(503, { ...SHOWN, "retry-after": "0" }).end();
      else sendRange(request, response, file, { ...SHOWN, etag: '"one"' });
    });
    const cowscope = await openAddress(page, `${server.origin}/disk.img`);
    await expect(cowscope.problem).toContainText("404");
    there = true;
    await page.getByRole("button", { name: "Check it again" }).click();
    await expect(cowscope.verdict).toContainText("activates");
  });

  test("a server that keeps silent can be left at once", async ({ page }) => {
    const server = await serve((request, response, count) => {
      if (count === 1) sendRange(request, response, file, { ...SHOWN, etag: '"one"' });
    });
    const cowscope = await openAddress(page, `${server.origin}/disk.img`);
    await expect.poll(() => server.requests.length).toBeGreaterThan(1);
    const [worker] = page.workers();
    await page.getByRole("button", { name: "Cancel" }).click();
    await expect(cowscope.problem).toContainText("cancelled");
    // The reader obeyed: nobody had to end it.
    expect(page.workers()).toEqual([worker]);
  });
});

for (const [typed, words] of [
  ["disk.img", "An address begins with https://"],
  ["ftp://host/disk.img", "Only addresses that begin with https://"],
  ["http://host.example/disk.img", "everybody on the way could read along"],
  ["https://me:secret@host.example/disk.img", "sends no user name and no password"],
] as const) {
  test(`${typed}: there is nothing to agree to`, async ({ page }) => {
    await typeAddress(page, typed);
    await expect(page.getByText(words)).toBeVisible();
    await expect(consent(page)).toHaveCount(0);
  });
}

test("the policy of this page alone lets it ask, https and this machine", async ({
  page,
  request,
}) => {
  const stranger = await serve(sending(new Uint8Array(1)));
  const answers = async (address: string) =>
    page.evaluate(
      (to) =>
        fetch(to).then(
          ({ status }) => status,
          () => "refused",
        ),
      address,
    );
  const violations: string[] = [];
  page.on("console", (message) => {
    if (message.text().includes("Content Security Policy")) violations.push(message.text());
  });
  for (const [path, connect, answer] of [
    ["./", "connect-src 'self';", "refused"],
    ["./index.html", "connect-src 'self';", "refused"],
    ["./address.html", "connect-src 'self' https: http://localhost:* http://127.0.0.1:*;", 200],
  ] as const) {
    const headers = (await request.get(path)).headers();
    const header = headers["content-security-policy"];
    expect(header, path).toContain(connect);
    expect(header, path).toContain("default-src 'none'; script-src 'self' 'wasm-unsafe-eval';");
    expect(header, path).toContain("frame-ancestors 'none'");
    expect(headers["referrer-policy"]).toBe("no-referrer");
    await page.goto(path);
    const meta = page.locator('meta[http-equiv="Content-Security-Policy"]');
    expect(`${await meta.getAttribute("content")}; frame-ancestors 'none'`).toBe(header);
    expect(await answers(`${stranger.origin}/x`), path).toBe(answer);
  }
  violations.length = 0;
  expect(await answers("http://192.0.2.1/")).toBe("refused");
  expect(violations.join("\n")).toContain("Connecting to 'http://192.0.2.1/' violates");
});

test("hosts that read `_headers` send each page its own policy, and never two", async ({
  request,
}) => {
  const rules = new Map<string, string[]>();
  for (const line of (await (await request.get("./_headers")).text()).split("\n")) {
    if (line.startsWith("/")) rules.set(line, []);
    else if (line.trim() !== "") [...rules.values()].at(-1)?.push(line.trim());
  }
  const policiesOf = (path: string) =>
    [...rules]
      .filter(
        ([rule]) => rule === path || (rule.endsWith("*") && path.startsWith(rule.slice(0, -1))),
      )
      .flatMap(([, headers]) => headers.filter((header) => header.startsWith("Content-Security")));
  const joined = async (path: string) => {
    const own = (await request.get(path)).headers()["content-security-policy"];
    return [`Content-Security-Policy: frame-ancestors 'none'; ${own}`];
  };
  for (const path of ["/", "/index.html", "/address.html"]) {
    const [frames, ...own] = policiesOf(path);
    expect(own).toHaveLength(1);
    const together = `${frames}; ${own[0]?.replace("Content-Security-Policy: ", "")}`;
    expect([`${together}; frame-ancestors 'none'`]).toEqual(await joined(path));
  }
  expect(policiesOf("/address")).toEqual(policiesOf("/address.html"));
});

for (const colorScheme of ["light", "dark"] as const) {
  for (const width of [1440, 390]) {
    test(`axe finds nothing, nothing scrolls sideways: ${colorScheme}, ${width} wide`, async ({
      page,
    }) => {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height: 844 });
      await typeAddress(page, `https://${"long.".repeat(30)}example/${"deep/".repeat(40)}disk.img`);
      await expect(agree(page)).toBeVisible();
      expect(await axeFindings(page)).toEqual([]);
      expect(await sideways(page)).toBe(0);
      await field(page).fill("http://host.example/x");
      expect(await axeFindings(page)).toEqual([]);
      const shots = process.env.COWSCOPE_SHOTS;
      if (shots) await page.screenshot({ path: `${shots}/addr-${colorScheme}-${width}.png` });
    });
  }
}
