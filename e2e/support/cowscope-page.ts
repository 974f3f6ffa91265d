import { readFileSync } from "node:fs";
import type { Locator, Page } from "@playwright/test";

/** The page as a person names its parts. */
export class CowscopePage {
  readonly verdict: Locator;
  readonly problem: Locator;
  readonly header: Locator;
  readonly area: Locator;
  readonly findings: Locator;
  readonly exceptions: Locator;
  readonly chunkSizes: Locator;
  readonly snapshot: Locator;

  constructor(readonly page: Page) {
    this.verdict = page.getByRole("region", { name: "Verdict" });
    this.problem = page.getByRole("region", { name: "Problem" });
    this.header = page.getByRole("region", { name: "header_area" });
    this.area = page.getByRole("region", { name: "area", exact: true });
    this.findings = page.getByRole("region", { name: "Findings" });
    this.exceptions = page.getByRole("region", { name: "Exceptions" });
    this.chunkSizes = page.getByRole("region", { name: "Chunk size" });
    this.snapshot = page.getByRole("region", { name: "Snapshot" });
  }

  get #picker(): Locator {
    return this.page.getByLabel("COW image");
  }

  /** The verdict's sentence, or the problem's. */
  get title(): Locator {
    return this.page.getByRole("heading", { level: 1 });
  }

  async pick(name: string, bytes: Uint8Array): Promise<void> {
    const file = { name, mimeType: "application/octet-stream", buffer: Buffer.from(bytes) };
    await this.#picker.setInputFiles(file);
  }

  async pickPath(path: string): Promise<void> {
    await this.#picker.setInputFiles(path);
  }

  async pickPaths(paths: readonly string[]): Promise<void> {
    await this.#picker.setInputFiles([...paths]);
  }

  async openSample(title: string): Promise<void> {
    await this.page.getByRole("button", { name: title }).first().click();
    await this.area.getByRole("grid").first().waitFor();
  }

  /** What the browser downloads for a click on a button, under which name. */
  async saved(button: Locator): Promise<{ name: string; bytes: Buffer }> {
    const download = this.page.waitForEvent("download");
    await button.click();
    const file = await download;
    return { name: file.suggestedFilename(), bytes: readFileSync(await file.path()) };
  }

  /** Lets go of a file over the middle of the window, as a mouse does. */
  drop(name: string, bytes: Uint8Array): Promise<void> {
    return this.dropFiles([name, bytes]);
  }

  /** Lets go of several at once. */
  dropFiles(...files: [name: string, bytes: Uint8Array][]): Promise<void> {
    return this.#dropOn(this.page.locator("main"), files);
  }

  /** Lets go of a file or folder of the disk, with what the browser itself makes of it. */
  async dropPath(path: string): Promise<void> {
    const browser = await this.page.context().newCDPSession(this.page);
    const data = { items: [], files: [path], dragOperationsMask: 1 };
    for (const type of ["dragEnter", "dragOver", "drop"] as const) {
      await browser.send("Input.dispatchDragEvent", { type, x: 400, y: 300, data });
    }
    await browser.detach();
  }

  /** Lets go of text that was selected elsewhere. */
  async dropText(text: string): Promise<void> {
    const transfer = await this.page.evaluateHandle((content) => {
      const data = new DataTransfer();
      data.setData("text/plain", content);
      return data;
    }, text);
    const main = this.page.locator("main");
    await main.dispatchEvent("dragover", { dataTransfer: transfer });
    await main.dispatchEvent("drop", { dataTransfer: transfer });
    await transfer.dispose();
  }

  /** Lets go of it where the page, once the file is held over it, asks for the origin. */
  dropAsOrigin(name: string, bytes: Uint8Array): Promise<void> {
    const zone = this.page.getByText("Use it as the origin of the snapshot");
    return this.#dropOn(zone, [[name, bytes]]);
  }

  async pickOrigin(name: string, bytes: Uint8Array): Promise<void> {
    const file = { name, mimeType: "application/octet-stream", buffer: Buffer.from(bytes) };
    await this.page.getByLabel("Origin", { exact: true }).setInputFiles(file);
  }

  async #dropOn(target: Locator, files: [name: string, bytes: Uint8Array][]): Promise<void> {
    const transfer = await this.page.evaluateHandle(
      (contents) => {
        const data = new DataTransfer();
        for (const { name, base64 } of contents) {
          const content = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
          data.items.add(new File([content], name));
        }
        return data;
      },
      files.map(([name, bytes]) => ({ name, base64: Buffer.from(bytes).toString("base64") })),
    );
    await this.page.locator("main").dispatchEvent("dragenter", { dataTransfer: transfer });
    await target.dispatchEvent("dragover", { dataTransfer: transfer });
    await target.dispatchEvent("drop", { dataTransfer: transfer });
    // A handle keeps the files, and what they hold, in the browser for as long as the page lives.
    await transfer.dispose();
  }

  /** A byte's cell in the hex grid of a buffer; `offset` counts from the device's start. */
  hexByte(buffer: Locator, offset: number): Locator {
    return buffer.locator(`td[data-offset="${offset}"]`);
  }

  asciiByte(buffer: Locator, offset: number): Locator {
    return buffer.locator(`span[data-offset="${offset}"]`);
  }
}
