import type { Remote } from "comlink";
import type { AllocFailure } from "../protocol/alloc-area.ts";
import type { Result } from "../protocol/problem.ts";
import type { RaceService } from "../protocol/race-service.ts";
import { RACE_FAULTS } from "./fault.ts";
import { flat } from "./flat.ts";
import { type WorkerLike, WorkerLink } from "./worker-link.ts";

/** What the views may ask about the race: the service, with every fault as a value. */
export type RaceAsker = Omit<RaceService, "allocArea"> & {
  allocArea(): Promise<Result<AllocFailure[]>>;
};

/** The page's handle on the race's worker, which starts with the first question. */
export class RaceClient implements RaceAsker {
  readonly #spawn: () => WorkerLike;
  #link: WorkerLink<RaceService> | null = null;

  constructor(spawn: () => WorkerLike) {
    this.#spawn = spawn;
  }

  readonly explore: RaceAsker["explore"] = async (...asked) =>
    flat(await this.#call((race) => race.explore(...asked)));

  readonly witness: RaceAsker["witness"] = async (...asked) =>
    flat(await this.#call((race) => race.witness(...asked)));

  readonly progress: RaceAsker["progress"] = async (...asked) =>
    flat(await this.#call((race) => race.progress(...asked)));

  readonly fate: RaceAsker["fate"] = async (...asked) =>
    flat(await this.#call((race) => race.fate(...asked)));

  readonly replay: RaceAsker["replay"] = async (...asked) =>
    flat(await this.#call((race) => race.replay(...asked)));

  readonly leftBehind: RaceAsker["leftBehind"] = async (...asked) =>
    flat(await this.#call((race) => race.leftBehind(...asked)));

  readonly retrace: RaceAsker["retrace"] = async (...asked) =>
    flat(await this.#call((race) => race.retrace(...asked)));

  readonly backwards: RaceAsker["backwards"] = async (...asked) =>
    flat(await this.#call((race) => race.backwards(...asked)));

  readonly allocArea: RaceAsker["allocArea"] = () => this.#call((race) => race.allocArea());

  #call<P extends Promise<unknown>>(
    ask: (race: Remote<RaceService>) => P,
  ): Promise<Result<Awaited<P>>> {
    if (this.#link === null || this.#link.dead) {
      this.#link = new WorkerLink(this.#spawn(), RACE_FAULTS);
    }
    return this.#link.call(ask);
  }
}
