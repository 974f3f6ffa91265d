import { cancelled, problemOf } from "../engine/problems.ts";
import { failure, type Result } from "../protocol/problem.ts";

/** Thrown where something is read for a call that was cancelled. */
export class Stopped extends Error {
  override readonly name = "Stopped";
}

/** Whose turn it is: a long call goes on only until the next one begins, or a cancel. */
export class Turns {
  /** Counts what begins and what cancels. */
  private turn = 0;
  /** Of the call that looks into a machine or checks in the background: nothing more is read for it. */
  private readingFor: number | null = null;
  /** Told when the turn goes on to the next. */
  private readonly waiting = new Set<() => void>();

  /** Ends whatever goes on. @returns whether what begins now still may go on. */
  next(): () => boolean {
    this.turn += 1;
    for (const goOn of this.waiting) goOn();
    this.waiting.clear();
    return this.now();
  }

  /** The same for what ends nothing else. */
  now(): () => boolean {
    const { turn } = this;
    return () => turn === this.turn;
  }

  /** A next turn that ends by itself where it is cancelled; what is open stays as it is. */
  async inBackground<T>(
    name: string,
    work: (going: () => boolean) => Promise<Result<T>>,
  ): Promise<Result<T>> {
    const going = this.next();
    const { turn } = this;
    this.readingFor = turn;
    try {
      const done = await this.untilNext(name, () => work(going));
      return going() ? done : failure(cancelled(name));
    } catch (error) {
      return failure(error instanceof Stopped ? cancelled(name) : problemOf(error, name));
    } finally {
      if (this.readingFor === turn) this.readingFor = null;
    }
  }

  /**
   * The work's answer, or `cancelled` as soon as its turn is over: a server may be long about the
   * bytes that the work waits for. It has to end by itself once it has them.
   */
  untilNext<T>(name: string, work: () => Promise<Result<T>>): Promise<Result<T>> {
    return new Promise((resolve, reject) => {
      const stop = () => resolve(failure(cancelled(name)));
      this.waiting.add(stop);
      work()
        .then(resolve, reject)
        .finally(() => this.waiting.delete(stop));
    });
  }

  /** @throws Stopped where a call reads on that nobody waits for any more. */
  assertWanted(): void {
    if (this.readingFor !== null && this.readingFor !== this.turn) throw new Stopped();
  }
}
