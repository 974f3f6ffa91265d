/** Lets so many steps run at a time; the others wait for their turn. */
export class Lanes {
  private readonly waiting: (() => void)[] = [];

  constructor(private free: number) {}

  async run<T>(step: () => Promise<T>): Promise<T> {
    if (this.free > 0) this.free -= 1;
    else await new Promise<void>((resolve) => this.waiting.push(resolve));
    try {
      return await step();
    } finally {
      // The lane goes on to the next one that waits.
      const next = this.waiting.shift();
      if (next) next();
      else this.free += 1;
    }
  }
}
