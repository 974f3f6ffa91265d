import { spawn } from "node:child_process";
import { ftruncateSync, openSync, rmSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type { Page } from "@playwright/test";
import { makeStore } from "./make-store.ts";

/**
 * The page's map of 10^8 chunks, scrolled and zoomed in headless Chromium: from one frame to the
 * next, and how long the page itself draws in it. Nothing here is asserted.
 */
const CHUNKS = 10 ** 8;
const CHUNK_SECTORS = 8;
const EXCEPTIONS = 5_000_000;
const FRAMES = 240;
const PORT = 4179;

interface Frames {
  between: number[];
  drawing: number[];
}

/** A module as it lies in the project: Playwright looks for files beside itself, so it cannot be bundled. */
const inProject = (path: string): string => pathToFileURL(resolve(path)).href;

async function launch() {
  const playwright = inProject("node_modules/@playwright/test/index.mjs");
  const { chromium } = (await import(playwright)) as typeof import("@playwright/test");
  const finder = inProject("scripts/lib/chromium.mjs");
  const { findChromium } = (await import(finder)) as typeof import("../scripts/lib/chromium.mjs");
  const args = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
  return chromium.launch({ ...findChromium(), args });
}

export async function benchMap(): Promise<void> {
  const image = "build/bench/map.img";
  makeStore(image, EXCEPTIONS, CHUNK_SECTORS);
  ftruncateSync(openSync(image, "r+"), CHUNKS * CHUNK_SECTORS * 512);
  const vite = ["node_modules/vite/bin/vite.js", "preview", "--port", String(PORT), "--strictPort"];
  const server = spawn(process.execPath, vite, { stdio: "ignore" });
  const browser = await launch();
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    await arrive(page);
    await page.getByLabel("COW image").setInputFiles(image);
    await page.getByRole("navigation", { name: "Views" }).waitFor();
    const opened = performance.now();
    await page.keyboard.press("2");
    await page.getByRole("list", { name: "Kinds of chunks" }).waitFor();
    const ms = performance.now() - opened;
    console.log(
      `the map of ${CHUNKS} chunks, ${EXCEPTIONS} exceptions: there after ${ms.toFixed(0)} ms`,
    );
    print("zoomed in and out", await frames(page, "zoom"));
    print("scrolled, all zooms", await frames(page, "scroll"));
  } finally {
    await browser.close();
    server.kill();
    rmSync(image);
  }
}

/** The server may not be there yet. */
async function arrive(page: Page): Promise<void> {
  for (let left = 50; ; left -= 1) {
    try {
      await page.goto(`http://localhost:${PORT}/`);
      return;
    } catch (error) {
      if (left === 0) throw error;
      await new Promise((later) => setTimeout(later, 200));
    }
  }
}

/** A turn of the wheel in every frame. */
function frames(page: Page, how: "zoom" | "scroll"): Promise<Frames> {
  return page.evaluate(
    async ({ how, count }) => {
      const canvas = document.querySelector("[role=application] canvas");
      if (!canvas) throw new Error("no map");
      const box = canvas.getBoundingClientRect();
      const wheel = (deltaY: number, ctrlKey: boolean, part: number) =>
        canvas.dispatchEvent(
          new WheelEvent("wheel", {
            deltaY,
            ctrlKey,
            clientX: box.left + 110 + part * (box.width - 120),
            clientY: box.top + part * box.height,
            bubbles: true,
            cancelable: true,
          }),
        );
      // The map draws in a callback of its own: what is asked for here runs before and after it.
      const drawing: number[] = [];
      const real = window.requestAnimationFrame.bind(window);
      window.requestAnimationFrame = (draw) =>
        real((time) => {
          const start = performance.now();
          draw(time);
          drawing.push(performance.now() - start);
        });
      const next = () => new Promise<number>((done) => real(done));
      const between: number[] = [];
      let last = await next();
      for (let frame = 0; frame < count; frame += 1) {
        const part = ((frame * 37) % 100) / 100;
        // In steps to the closest and back; then scrolled, at each of them.
        const closer = frame % 40 < 20;
        if (how === "zoom" || frame % 8 === 0) wheel(closer ? -1 : 1, true, part);
        else wheel(frame % 16 < 12 ? 900 : -700, false, part);
        const now = await next();
        between.push(now - last);
        last = now;
      }
      window.requestAnimationFrame = real;
      return { between, drawing };
    },
    { how, count: FRAMES },
  );
}

function print(what: string, { between, drawing }: Frames): void {
  const at = (values: number[], part: number) =>
    (values.toSorted((a, b) => a - b)[Math.floor(values.length * part)] ?? Number.NaN).toFixed(1);
  console.log(
    `  ${what.padEnd(22)} frame: median ${at(between, 0.5)} ms, 95 % ${at(between, 0.95)} ms; drawing: median ${at(drawing, 0.5)} ms, 95 % ${at(drawing, 0.95)} ms`,
  );
}
