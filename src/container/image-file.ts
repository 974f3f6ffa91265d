import { type BlockSource, isRun, SourceError } from "../source/block-source.ts";
import type { ContainerProblem, Opened, Unwrapped } from "./wrapper.ts";

/** What is wrong, less where: the part of a problem that only its finder knows. */
export type Trouble = Omit<ContainerProblem, "where">;

/** Keeps an image from being opened; `opened` makes it the answer. */
class Refusal extends Error {
  constructor(readonly problem: ContainerProblem) {
    super(problem.message);
  }
}

/** A file of a disk image, while it is opened. */
export class ImageFile {
  constructor(
    readonly source: BlockSource,
    readonly kind: string,
    readonly where: string,
  ) {}

  get size(): number {
    return this.source.size;
  }

  /** @param trouble its code without the kind of image. */
  problem(trouble: Trouble): ContainerProblem {
    return { ...trouble, code: `${this.kind}.${trouble.code}`, where: this.where };
  }

  refuse(trouble: Trouble): never {
    return this.refuseWith(this.problem(trouble));
  }

  /** Refuses for what is wrong with a file that this one needs. */
  refuseWith(problem: ContainerProblem): never {
    throw new Refusal(problem);
  }

  /** What is not there: the file is refused for it, unless `partial` asks for what is. */
  lacks(trouble: Trouble, partial: boolean): ContainerProblem {
    const problem = this.problem(trouble);
    if (!partial) this.refuseWith(problem);
    return problem;
  }

  /** `length` bytes of the file that must be there. `what` says what they are: "the L1 table". */
  async read(offset: number, length: number, what: string): Promise<DataView> {
    if (!isRun(offset, length, this.size)) {
      this.refuse({
        code: "cut",
        message: `the file is cut off or damaged: ${what} does not lie in it`,
        expected: `${length} bytes at byte ${offset}`,
        found: `a file of ${this.size} bytes`,
        todo: "Copy the file again, all of it.",
      });
    }
    const bytes = await this.source.read([{ offset, length }]);
    return new DataView(bytes.buffer, bytes.byteOffset, length);
  }

  /** A size, count or place that must be a whole number that can be worked with, and no more. */
  number(value: bigint, most: number, what: string): number {
    if (value <= BigInt(most)) return Number(value);
    return this.damaged(`${what} cannot be ${value}`, `at most ${most}`);
  }

  /** Refuses for a header that cannot be right. */
  damaged(found: string, expected: string): never {
    return this.refuse({
      code: "header",
      message: `its header is damaged: ${found}`,
      expected,
      found,
      todo: "If it is a copy, copy it again; else look for another copy.",
    });
  }

  /** `Wrapper.open`, by steps that refuse; an image that cannot be read is refused as well. */
  async opened(step: () => Promise<Unwrapped>): Promise<Opened> {
    try {
      return { ok: true, value: await step() };
    } catch (error) {
      if (error instanceof Refusal) return { ok: false, problem: error.problem };
      if (!(error instanceof SourceError) || error.kind === "changed") throw error;
      const problem = this.problem({
        code: "unreadable",
        message: `it cannot be read at byte ${error.offset}: ${error.message}`,
        expected: "a file that can be read",
        found: error.message,
        todo: "Copy the file to a disk that is sound, and open the copy.",
      });
      return { ok: false, problem };
    }
  }
}
