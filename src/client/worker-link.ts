import { type Endpoint, type Remote, wrap } from "comlink";
import { failure, type Problem, type Result, success } from "../protocol/problem.ts";
import type { Faults } from "./fault.ts";

/** The part of a Worker that the link needs; a message port will do in tests. */
export type WorkerLike = Endpoint & { terminate(): void };

/**
 * One worker's life. Comlink never settles a call whose worker died, so the calls that wait are
 * kept here and settled when the link ends: each ends as a value, never as a hung promise.
 */
export class WorkerLink<Service> {
  readonly #worker: WorkerLike;
  readonly #faults: Faults;
  readonly #service: Remote<Service>;
  /** Ends a waiting call. A call leaves once it is answered, so that no answer is kept alive. */
  readonly #waiting = new Set<(problem: Problem) => void>();
  #ended: Problem | null = null;

  constructor(worker: WorkerLike, faults: Faults) {
    this.#worker = worker;
    this.#faults = faults;
    this.#service = wrap<Service>(worker);
    worker.addEventListener("error", (event) =>
      this.end(faults.worker((event as Partial<ErrorEvent>).message || "it could not be started")),
    );
    worker.addEventListener("messageerror", () =>
      this.end(faults.worker("a message could not be read")),
    );
  }

  get dead(): boolean {
    return this.#ended !== null;
  }

  /** How many calls wait for an answer. */
  get waiting(): number {
    return this.#waiting.size;
  }

  /** Kills the worker; every call still waiting ends with `problem`. */
  end(problem: Problem): void {
    if (this.#ended) return;
    this.#ended = problem;
    this.#worker.terminate();
    for (const endCall of this.#waiting) endCall(problem);
    this.#waiting.clear();
  }

  /** A thrown error is a fault of the core: its memory cannot be trusted any more. */
  call<P extends Promise<unknown>>(
    ask: (service: Remote<Service>) => P,
  ): Promise<Result<Awaited<P>>> {
    if (this.#ended) return Promise.resolve(failure(this.#ended));
    return new Promise((resolve) => {
      const endCall = (problem: Problem) => resolve(failure(problem));
      this.#waiting.add(endCall);
      ask(this.#service).then(
        (answer) => {
          if (this.#waiting.delete(endCall)) resolve(success(answer as Awaited<P>));
        },
        (thrown: unknown) => this.end(this.#faults.core(thrown)),
      );
    });
  }
}
