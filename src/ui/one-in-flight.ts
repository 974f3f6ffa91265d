/**
 * Runs one job at a time. While one runs, only the newest of those that come is kept: a slider that
 * moves faster than the answers come asks no more than can be answered.
 */
export class OneInFlight {
  #running = false;
  #next: (() => Promise<void>) | null = null;

  run(job: () => Promise<void>): void {
    this.#next = job;
    if (!this.#running) void this.#drain();
  }

  async #drain(): Promise<void> {
    this.#running = true;
    while (this.#next !== null) {
      const job = this.#next;
      this.#next = null;
      await job();
    }
    this.#running = false;
  }
}
