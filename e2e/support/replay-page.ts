import type { Locator, Page } from "@playwright/test";

/** The boot crash: I builds its header, C stores over it, the device takes it. */
export const BOOT_CRASH =
  "#replay?v=1&fix=before&store=8&io=words&index=0&per=256&pending=0&chunk=8&first=3-2&copies=7-2&steps=4IC4I3C5I";

/** The replay as a person names its parts. */
export class ReplayPage {
  readonly steps: Locator;
  readonly count: Locator;
  readonly scrub: Locator;
  readonly machine: Locator;
  readonly reboot: Locator;
  readonly beside: Locator;

  constructor(readonly page: Page) {
    this.steps = page.getByRole("list", { name: "Steps of both threads" });
    this.count = page.locator("output", { hasText: /^step \d+ of \d+$/ });
    this.scrub = page.getByRole("slider", { name: "Step" });
    this.machine = page.getByRole("region", { name: "The machine", exact: true });
    this.reboot = page.getByRole("region", { name: "If the machine rebooted now" });
    this.beside = page.getByRole("region", { name: "Beside the replay" });
  }

  /** @param at steps taken; null: wherever the replay opens. */
  async open(at: number | null = 0): Promise<void> {
    await this.page.goto(at === null ? "./#replay" : `./${BOOT_CRASH}&at=${at}`);
    await this.count.waitFor();
  }

  button(name: string): Locator {
    return this.page.getByRole("button", { name, exact: true });
  }

  async showTab(name: string): Promise<void> {
    await this.beside.getByRole("tab", { name }).click();
  }

  /** The threads of the steps, one letter each, in order of time. */
  async schedule(): Promise<string> {
    const names = await this.steps
      .getByRole("button")
      .evaluateAll((chips) => chips.map((chip) => chip.getAttribute("aria-label") ?? ""));
    return names.map((name) => /, ([IC]):/.exec(name)?.[1] ?? "?").join("");
  }
}
