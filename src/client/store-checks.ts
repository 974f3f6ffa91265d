import { DEFAULT_OPTIONS } from "../protocol/check.ts";
import type { FoundStore } from "../protocol/machine.ts";
import type { Problem } from "../protocol/problem.ts";
import type { Report } from "../protocol/report.ts";
import type { HeldMachine } from "./held-machine.ts";

/** How far one store is; none: it waits for its turn. */
export type StoreCheck =
  | { at: "checking" }
  | { at: "checked"; report: Report }
  | { at: "problem"; problem: Problem };

/** The verdicts on all stores of a machine, one after the other, for as long as somebody looks. */
export class StoreChecks {
  readonly #machine: Pick<HeldMachine, "tree" | "check">;
  readonly #listeners = new Set<() => void>();
  /** By the store's node. */
  #checks: ReadonlyMap<number, StoreCheck> = new Map();

  constructor(machine: Pick<HeldMachine, "tree" | "check">) {
    this.#machine = machine;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly state = (): ReadonlyMap<number, StoreCheck> => this.#checks;

  /** Goes on where it stopped, until `signal` is aborted. */
  async run(signal: AbortSignal): Promise<void> {
    for (const store of this.#machine.tree.stores) {
      if (signal.aborted) return;
      const done = this.#checks.get(store.node);
      if (done?.at === "checked" || done?.at === "problem") continue;
      await this.#check(store, signal);
    }
  }

  async #check(store: FoundStore, signal: AbortSignal): Promise<void> {
    this.#set(store, { at: "checking" });
    const result = await this.#machine.check(store, DEFAULT_OPTIONS, signal);
    if (result.ok) this.#set(store, { at: "checked", report: result.value });
    else if (result.problem.code === "cancelled") this.#set(store, null);
    else this.#set(store, { at: "problem", problem: result.problem });
  }

  #set({ node }: FoundStore, check: StoreCheck | null): void {
    const checks = new Map(this.#checks);
    if (check === null) checks.delete(node);
    else checks.set(node, check);
    this.#checks = checks;
    for (const listener of this.#listeners) listener();
  }
}

/** What lies in the files that were handed over, and what is known of its stores. */
export interface OpenMachine {
  held: HeldMachine;
  checks: StoreChecks;
}

/** A store, and the machine that it lies in. */
export interface FoundIn {
  machine: OpenMachine;
  store: FoundStore;
}
