import { type Endpoint, type Remote, wrap } from "comlink";
import { failure, type Problem, type Result, success } from "../protocol/problem.ts";
import type { Faults } from "./fault.ts";

/** The part of a Worker that the link needs; a message port will do in tests. */
export type WorkerLike = Endpoint & { terminate(): void };

/**
 * One worker's life. Comlink never settles a call whose worker died, so every call here is raced
 * with the worker's death: it ends as a value in every case, never as a hung promise.
 */
export class WorkerLink<Service> {
  readonly #worker: WorkerLike;
  readonly #faults: Faults;
  readonly #service: Remote<Service>;
  readonly #death: Promise<Problem>;
  #die: (problem: Problem) => void = () => {};
  #dead = false;

  constructor(worker: WorkerLike, faults: Faults) {
    this.#worker = worker;
    this.#faults = faults;
    this.#service = wrap<Service>(worker);
    this.#death = new Promise((resolve) => {
      this.#die = resolve;
    });
    worker.addEventListener("error", (event) =>
      this.end(faults.worker((event as Partial<ErrorEvent>).message || "it could not be started")),
    );
    worker.addEventListener("messageerror", () =>
      this.end(faults.worker("a message could not be read")),
    );
  }

  get dead(): boolean {
    return this.#dead;
  }

  /** Kills the worker; every call still waiting ends with `problem`. */
  end(problem: Problem): void {
    if (this.#dead) return;
    this.#dead = true;
    this.#worker.terminate();
    this.#die(problem);
  }

  /** A thrown error is a fault of the core: its memory cannot be trusted any more. */
  call<P extends Promise<unknown>>(
    ask: (service: Remote<Service>) => P,
  ): Promise<Result<Awaited<P>>> {
    return Promise.race([this.#settled(ask(this.#service)), this.#death.then(failure)]);
  }

  async #settled<P extends Promise<unknown>>(answer: P): Promise<Result<Awaited<P>>> {
    try {
      return success(await answer);
    } catch (thrown) {
      const problem = this.#faults.core(thrown);
      this.end(problem);
      return failure(problem);
    }
  }
}
