import { execFileSync } from "node:child_process";
import { closeSync, ftruncateSync, mkdirSync, openSync, rmSync, writeSync } from "node:fs";
import { resolve } from "node:path";
import type { Page } from "@playwright/test";
import type { CowscopePage } from "../e2e/support/cowscope-page.ts";
import { expect, test } from "../e2e/support/test.ts";
import { hasTools, QEMU } from "../scripts/lib/tools.mjs";
import { makeStore } from "./make-store.ts";
import { renderersBytes } from "./private-memory.ts";

/** How long the page takes, in Chromium, against what the browser itself takes for the same reads. */
const FOLDER = resolve("build/bench");
const CHUNK = 4096;
const PER_AREA = 256;
const ROUNDS = 3;
const DROPS = 11;

mkdirSync(FOLDER, { recursive: true });

/** ms since the page got the file: a verdict of any kind, how long the table is, the last word. */
interface Times {
  first: number;
  provisional: number | null;
  proven: number;
}

test("a disk in qcow2 with 64 full areas", async ({ cowscope, page }) => {
  test.skip(!hasTools(QEMU), "no qemu-img");
  const store = `${FOLDER}/full.img`;
  const disk = `${FOLDER}/full.qcow2`;
  makeStore(store, 64 * PER_AREA, CHUNK / 512);
  execFileSync("qemu-img", ["convert", "-f", "raw", "-O", "qcow2", store, disk]);
  const times: Times[] = [];
  for (let drop = -3; drop < DROPS; drop++) {
    const one = await timed(page, () => cowscope.dropPath(disk));
    if (drop >= 0) times.push(one);
    await leave(cowscope);
  }
  const of = (key: "first" | "proven") => spread(times.map((one) => one[key]));
  console.log(`64 full areas in qcow2, ${DROPS} drops on a warm page, ms: least, median, most
  first verdict ${of("first")}
  proven        ${of("proven")}`);
  rmSync(store);
  rmSync(disk);
});

test("five million exceptions", async ({ cowscope, page, context }) => {
  const store = `${FOLDER}/five-million.img`;
  const exceptions = 5_000_000;
  makeStore(store, exceptions, CHUNK / 512);
  const bare = await context.newPage();
  await bare.setContent("<input type=file>");
  await bare.setInputFiles("input", store);
  const areas = Math.floor(exceptions / PER_AREA) + 1;
  console.log(`${exceptions} exceptions, ${ROUNDS} rounds in turn
  the areas alone, ms each   page: provisional, proven ms   ratio`);
  for (let round = 0; round < ROUNDS; round++) {
    const floor = await sliceTime(bare, areas);
    const { provisional, proven } = await timed(page, () => cowscope.pickPath(store));
    await expect(cowscope.exceptions).toContainText("5,000,000");
    await leave(cowscope);
    const ratio = (proven / floor).toFixed(2);
    console.log(
      `  ${(floor / areas).toFixed(3)}   ${provisional?.toFixed(0)}, ${proven.toFixed(0)}   ${ratio}`,
    );
  }
  rmSync(store);
});

test("100 GiB of a disk of 1 TiB", async ({ cowscope, page }) => {
  const disk = `${FOLDER}/tebibyte.img`;
  const start = 1 << 20;
  const exceptions = Math.floor((100 * 2 ** 30) / CHUNK / (PER_AREA + 1) - 2) * PER_AREA;
  const bytes = makeStore(disk, exceptions, CHUNK / 512, start);
  writeTable(disk, start / 512, bytes / 512, 2 ** 40);
  let peak = 0;
  const before = renderersBytes();
  const watching = setInterval(() => {
    peak = Math.max(peak, renderersBytes());
  }, 250);
  const { first, provisional, proven } = await timed(page, () => cowscope.pickPath(disk));
  clearInterval(watching);
  const mib = (size: number) => `${(size / 2 ** 20).toFixed(0)} MiB`;
  console.log(`${exceptions} exceptions, ${mib(bytes)} of a disk of 1 TiB
  first verdict ${first.toFixed(0)} ms, how long ${provisional?.toFixed(0)} ms, proven ${(proven / 1000).toFixed(1)} s
  private memory of the renderers: ${mib(before)} before, ${mib(peak)} at most`);
  rmSync(disk);
});

/** Back to the start, so that no verdict is there before the next. */
async function leave({ page, title }: CowscopePage): Promise<void> {
  await page.getByRole("button", { name: "cowscope, start" }).click();
  await expect(title).toContainText("Drop");
}

/** Hands a file over and waits for the proven verdict. */
async function timed(page: Page, hand: () => Promise<void>): Promise<Times> {
  await page.evaluate(() => {
    const times = { first: 0, provisional: 0, proven: 0 };
    let start = 0;
    const begin = () => {
      start ||= performance.now();
    };
    addEventListener("drop", begin, { capture: true, once: true });
    addEventListener("change", begin, { capture: true, once: true });
    const watching = new MutationObserver(() => {
      const verdict = document.querySelector("section[aria-label=Verdict]");
      const words = verdict?.querySelector("h1")?.textContent ?? "";
      if (start === 0 || words === "" || words.startsWith("Reading")) return;
      const now = performance.now() - start;
      const isDone = !words.endsWith(" so far");
      times.first ||= now;
      if (verdict?.querySelector("progress")) times.provisional ||= now;
      if (!isDone) return;
      times.proven = now;
      watching.disconnect();
      Object.assign(window, { benchTimes: times });
    });
    Object.assign(window, { benchTimes: undefined });
    watching.observe(document, { subtree: true, childList: true, characterData: true });
  });
  await hand();
  const times = await page.waitForFunction(
    () => (window as unknown as { benchTimes?: Times }).benchTimes,
    undefined,
    { timeout: 0, polling: 100 },
  );
  const found = (await times.jsonValue()) as Times;
  return { ...found, provisional: found.provisional || null };
}

/** What Chromium takes to read the areas and nothing else, as many at once as a check asks for, in ms. */
function sliceTime(page: Page, areas: number): Promise<number> {
  return page.evaluate(
    async ([count, chunk, perArea]) => {
      const file = document.querySelector("input")?.files?.[0];
      if (!file) throw new Error("no file");
      const start = performance.now();
      let next = 0;
      const lane = async () => {
        while (next < count) {
          const slices: Blob[] = [];
          for (; slices.length < 512 && next < count; next++) {
            const at = chunk + next * (perArea + 1) * chunk;
            slices.push(file.slice(at, at + chunk));
          }
          await new Blob(slices).arrayBuffer();
        }
      };
      await Promise.all([lane(), lane()]);
      return performance.now() - start;
    },
    [areas, CHUNK, PER_AREA] as const,
  );
}

/** An MBR with one partition. @param start and sectors of it, in sectors. */
function writeTable(path: string, start: number, sectors: number, bytes: number): void {
  const sector = new Uint8Array(512);
  const view = new DataView(sector.buffer);
  view.setUint8(446 + 4, 0x83);
  view.setUint32(446 + 8, start, true);
  view.setUint32(446 + 12, sectors, true);
  view.setUint16(510, 0xaa55, true);
  const descriptor = openSync(path, "r+");
  writeSync(descriptor, sector, 0, 512, 0);
  ftruncateSync(descriptor, bytes);
  closeSync(descriptor);
}

function spread(values: number[]): string {
  const sorted = values.toSorted((a, b) => a - b);
  return [sorted[0], sorted[sorted.length >> 1], sorted.at(-1)]
    .map((value) => value?.toFixed(0))
    .join("  ");
}
