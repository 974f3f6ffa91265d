/** How long the worker may go without hearing a message, in milliseconds. */
const LONGEST = 50;

/** Lets the messages of the page in while a long call runs: a cancel is one of them. */
export class Breath {
  private last = performance.now();

  async take(): Promise<void> {
    if (performance.now() - this.last < LONGEST) return;
    await new Promise((resolve) => setTimeout(resolve));
    this.last = performance.now();
  }
}
