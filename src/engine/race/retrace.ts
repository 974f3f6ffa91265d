import { failure, type Result, success } from "../../protocol/problem.ts";
import type { HeaderWords, RaceParams } from "../../protocol/race.ts";
import type { Retraced, RetraceQuestion } from "../../protocol/retrace.ts";
import type { Core } from "../core.ts";
import { backwards } from "./backwards.ts";
import { type BlockSchedule, blockSchedules } from "./block-schedules.ts";
import { bufferProblem } from "./left-behind.ts";
import { places, startMachine, threadNumber } from "./machine.ts";
import { guesses } from "./retrace-guesses.ts";
import { THREADS } from "./set-params.ts";

/** More changes of thread are not looked for: those that real kernels left behind need at most 4. */
const MOST_SWITCHES = 4;
/** Steps of the machine, and KiB of its buffers cleared, that a search may take: about a second. */
const MOST_WORK = 4_000_000;

/**
 * A schedule that leaves these bytes: with the fewest changes of thread one after which chunk 0 and
 * the area's chunk are as they were found, to the byte. Else one that leaves the header's 16 bytes,
 * if those are not simply what an invalidation writes. null: none was found.
 */
export function retrace(core: Core, question: RetraceQuestion): Result<Retraced | null> {
  const { start } = question;
  if (bufferProblem(start) !== null) return success(null);
  const found = wholeChunks(core, question);
  if (found !== null) return success({ ...found, leaves: "chunks" });
  const header = headerWords(question.headerChunk);
  if (header === null) return success(null);
  const answer = backwards(core, { ...question, header, chunkSize: start.chunkSize });
  if (!answer.ok) return failure(answer.problem);
  const { intended, inUse, solutions } = answer.value;
  const likely = solutions.find(({ doubts }) => doubts.length === 0);
  const mode = likely?.modes.find(({ params }) => params.ioCopy === "words") ?? likely?.modes[0];
  if (intended || inUse || mode === undefined) return success(null);
  return success({ params: mode.params, schedule: mode.schedule, leaves: "header" });
}

function wholeChunks(core: Core, question: RetraceQuestion) {
  const wanted = new Wanted(core, question);
  const models = ([8, 4] as const).flatMap((storeBytes) =>
    guesses(core, question).map((params): RaceParams => ({ ...params, storeBytes })),
  );
  for (let switches = 1; switches <= MOST_SWITCHES; switches += 1) {
    for (const params of models) {
      const schedule = wanted.search(params, switches);
      if (schedule !== null) return { params, schedule };
    }
  }
  return null;
}

/** The chunks to be left behind, and how much may still be tried for them. */
class Wanted {
  private work = MOST_WORK;

  constructor(
    private readonly core: Core,
    private readonly question: RetraceQuestion,
  ) {}

  /** The first schedule of so many switches that leaves them. */
  search(params: RaceParams, switches: number): string | null {
    const { core } = this;
    this.begin(params);
    const steps = { I: core.race_program_count(0), C: core.race_program_count(1) };
    for (const blocks of blockSchedules(switches, steps)) {
      if (this.work <= 0) return null;
      const schedule = this.run(params, blocks);
      if (this.isLeft()) return schedule;
    }
    return null;
  }

  private begin(params: RaceParams): void {
    const { entries, entriesPerArea } = this.question.start;
    startMachine(this.core, params, entries.slice(1, params.index));
    this.work -= params.index + entriesPerArea / 64;
  }

  private run(params: RaceParams, { first, lengths }: BlockSchedule): string {
    this.begin(params);
    let schedule = "";
    let [thread, other] = first === "I" ? THREADS : ([THREADS[1], THREADS[0]] as const);
    for (const most of [...lengths, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY]) {
      let taken = 0;
      while (taken < most && this.core.race_step(threadNumber(thread))) taken += 1;
      schedule += thread.repeat(taken);
      [thread, other] = [other, thread];
    }
    this.work -= schedule.length;
    return schedule;
  }

  private isLeft(): boolean {
    const { headerChunk, areaChunk } = this.question;
    const now = places(this.core);
    const holds = (name: string, bytes: Uint8Array | null) =>
      bytes === null ||
      sameBytes(
        this.core,
        this.core.place_bytes(now.findIndex((place) => place.name === name)),
        bytes,
      );
    return holds("header", headerChunk) && holds("area 0", areaChunk);
  }
}

function sameBytes(core: Core, pointer: number, bytes: Uint8Array): boolean {
  const memory = new Uint8Array(core.memory.buffer, pointer, bytes.length);
  return bytes.every((byte, at) => memory[at] === byte);
}

function headerWords(chunk: Uint8Array<ArrayBuffer>): HeaderWords | null {
  if (chunk.length < 16) return null;
  const view = new DataView(chunk.buffer, chunk.byteOffset);
  const word = (w: number) => view.getUint32(w * 4, true);
  return [word(0), word(1), word(2), word(3)];
}
