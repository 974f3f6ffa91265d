import { type Range, type ReadCounters, totalLength } from "../source/block-source.ts";
import type { Input } from "../source/node/open-input.ts";

/** What may still be read of the files of one image. */
export class ReadBudget {
  private readonly inputs: Input[] = [];

  /** @param most bytes, of all of them. @param exceeded makes the error of whoever reads more. */
  constructor(
    private readonly most: number,
    private readonly exceeded: () => Error,
  ) {}

  /** The same input, whose reads count. */
  limit(input: Input): Input {
    this.inputs.push(input);
    const { readNow } = input;
    const limited = new LimitedInput(input, (ranges) => this.spend(ranges));
    if (readNow) {
      limited.readNow = (ranges, target) => {
        this.spend(ranges);
        readNow.call(input, ranges, target);
      };
    }
    return limited;
  }

  /** Before anything is read: what a server sends may be more than was wanted, and counts next time. */
  private spend(ranges: readonly Range[]): void {
    const read = this.inputs.reduce((sum, { counters }) => sum + counters.bytes, 0);
    if (read + totalLength(ranges) > this.most) throw this.exceeded();
  }
}

class LimitedInput implements Input {
  readonly size: number;
  readNow?: (ranges: readonly Range[], target: Uint8Array) => void;

  constructor(
    private readonly input: Input,
    private readonly spend: (ranges: readonly Range[]) => void,
  ) {
    this.size = input.size;
  }

  get counters(): ReadCounters {
    return this.input.counters;
  }

  async read(ranges: readonly Range[]): Promise<Uint8Array<ArrayBuffer>> {
    this.spend(ranges);
    return this.input.read(ranges);
  }

  assertUnchanged(): void {
    this.input.assertUnchanged?.();
  }

  close(): void {
    this.input.close();
  }
}
