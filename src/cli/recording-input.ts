import type { Range, ReadCounters } from "../source/block-source.ts";
import type { Input } from "../source/node/open-input.ts";
import type { RecordedRanges } from "../source/recorded-ranges.ts";

/** The same input, which tells what is asked of it: also what it then does not have. */
export class RecordingInput implements Input {
  readonly size: number;

  constructor(
    private readonly input: Input,
    private readonly asked: RecordedRanges,
  ) {
    this.size = input.size;
  }

  get counters(): ReadCounters {
    return this.input.counters;
  }

  read(ranges: readonly Range[]): Promise<Uint8Array<ArrayBuffer>> {
    for (const range of ranges) this.asked.add(range);
    return this.input.read(ranges);
  }

  assertUnchanged(): void {
    this.input.assertUnchanged?.();
  }

  close(): void {
    this.input.close();
  }
}
