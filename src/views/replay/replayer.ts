import type { ReplayLink } from "../../address/replay-link.ts";
import type { RaceAsker } from "../../client/race-client.ts";
import type { Problem } from "../../protocol/problem.ts";
import type {
  ChunkPair,
  RaceParams,
  RaceReplay,
  RaceStart,
  RaceThread,
} from "../../protocol/race.ts";
import { OneInFlight } from "../../ui/one-in-flight.ts";
import { Undo } from "../../ui/undo.ts";
import { inRoom, moveStep, stepByHand } from "./schedule.ts";

export interface ReplayerState {
  /** What was asked for last; null: nothing yet. */
  wanted: ReplayLink | null;
  /** What is on the screen: it follows what is wanted within an answer of the worker's. */
  replay: RaceReplay | null;
  /** Steps of it that have been taken. */
  step: number;
  problem: Problem | null;
  canUndo: boolean;
  canRedo: boolean;
}

/** One schedule on the screen and how far it has run; steps and schedule always fit each other. */
export class Replayer {
  readonly #race: Pick<RaceAsker, "replay">;
  readonly #start: RaceStart | null;
  readonly #flight = new OneInFlight();
  readonly #listeners = new Set<() => void>();
  readonly #undo = new Undo<ReplayLink>();
  #state: ReplayerState = {
    wanted: null,
    replay: null,
    step: 0,
    problem: null,
    canUndo: false,
    canRedo: false,
  };

  /** @param start where the race starts on the open store, null: on an invented one. */
  constructor(race: Pick<RaceAsker, "replay">, start: RaceStart | null) {
    this.#race = race;
    this.#start = start;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly state = (): ReplayerState => this.#state;

  /** @param kind of change, for `Undo`: several of one kind in a row are taken back together. */
  open(link: ReplayLink, kind: string | null = null): void {
    const { wanted } = this.#state;
    if (wanted !== null) this.#undo.changed(wanted, kind);
    this.#play(link);
  }

  /** Takes the last change of schedule or parameters back. */
  undo(): void {
    const { wanted } = this.#state;
    const before = wanted && this.#undo.undo(wanted);
    if (before !== null) this.#play(before);
  }

  /** Makes it again. */
  redo(): void {
    const { wanted } = this.#state;
    const after = wanted && this.#undo.redo(wanted);
    if (after !== null) this.#play(after);
  }

  /** Any step of the schedule that is on the screen. */
  go(step: number): void {
    const { replay, wanted } = this.#state;
    if (replay === null || wanted === null) return;
    const within = Math.min(Math.max(step, 0), replay.steps.length);
    this.#show({ step: within, wanted: { ...wanted, step: within } });
  }

  setParams(params: RaceParams): void {
    const { wanted } = this.#state;
    if (wanted === null) return;
    const changed = Object.entries(params).filter(
      ([name, value]) => wanted.params[name as keyof RaceParams] !== value,
    );
    this.open({ ...wanted, params }, changed.map(([name]) => name).join());
  }

  /** The next step of one thread, now, whatever the schedule had planned. */
  stepThread(thread: RaceThread): void {
    const { wanted } = this.#state;
    if (wanted === null) return;
    const { schedule, step, params } = wanted;
    const next = stepByHand(schedule, step, thread);
    if (next === schedule) this.go(step + 1);
    else this.open({ params, schedule: next, step: step + 1 });
  }

  /**
   * Moves a step, counted from 0 on the screen, to another place, or as far that way as it can go
   * alone: a new schedule, seen just after that step.
   */
  move(from: number, to: number): void {
    const { wanted, replay } = this.#state;
    if (wanted === null || replay === null) return;
    const { schedule } = replay;
    const moved = moveStep(schedule, from, to);
    if (moved === schedule) return;
    this.open({ ...wanted, schedule: moved, step: inRoom(schedule, from, to) + 1 });
  }

  /** Entries 1 … of the area, as far as the open store has them. */
  oldEntries(params: RaceParams): readonly ChunkPair[] | null {
    const entries = this.#start?.entries ?? [];
    return params.index <= entries.length ? entries.slice(1, params.index) : null;
  }

  #play(link: ReplayLink): void {
    const { canUndo, canRedo } = this.#undo;
    this.#show({ wanted: link, canUndo, canRedo });
    this.#flight.run(() => this.#ask());
  }

  async #ask(): Promise<void> {
    const { wanted } = this.#state;
    if (wanted === null) return;
    const { params, schedule, step } = wanted;
    const result = await this.#race.replay(params, schedule, true, this.oldEntries(params));
    const newest = this.#state.wanted === wanted;
    if (!result.ok) {
      if (newest) this.#show({ problem: result.problem });
      return;
    }
    const replay = result.value;
    const within = Math.min(step, replay.steps.length);
    this.#show({ replay, step: within, problem: null });
    // What really ran: letters that no thread could take are gone, those left out are there.
    if (newest) this.#show({ wanted: { params, schedule: replay.schedule, step: within } });
  }

  #show(change: Partial<ReplayerState>): void {
    this.#state = { ...this.#state, ...change };
    for (const listener of this.#listeners) listener();
  }
}
