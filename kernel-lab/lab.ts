import { mkdir, rm } from "node:fs/promises";
import path from "node:path";
import { type Answer, type Answers, parseAnswers } from "./answers.ts";
import { buildInitramfs } from "./initramfs.ts";
import { type Activation, type Job, packJobs, type StoreMaking } from "./job.ts";
import type { LabKernel } from "./kernels.ts";
import { type BootResult, boot, type Machine } from "./machine.ts";
import { kernelFile, unpackPackages } from "./packages.ts";
import { LabError, run } from "./shell.ts";
import { ensureTools } from "./tools.ts";
import { crashVerdict, type Verdict, verdictOf } from "./verdict.ts";

/** The guest keeps all its files in memory: a boot gets no more than this. */
const BYTES_PER_BOOT = 256 * 2 ** 20;

export interface MadeStore {
  cow: string;
  /** The origin as the writes left it. */
  origin: string;
  status: string;
}

/** The folders of a lab. */
export interface Places {
  folder: string;
  cache: string;
  guestSources: string;
}

/** A real kernel that can be asked. */
export class Lab {
  private boots = 0;

  private constructor(
    readonly release: string,
    private readonly machine: Machine,
    private readonly folder: string,
  ) {}

  /** Fetches and builds whatever is missing. `folder` holds this run, `cache` what outlives it. */
  static async open(kernel: LabKernel, { folder, cache, guestSources }: Places): Promise<Lab> {
    await ensureTools();
    const unpacked = await unpackPackages(cache, kernel);
    const runs = path.join(folder, "run");
    await rm(runs, { recursive: true, force: true });
    await mkdir(runs, { recursive: true });
    const initramfs = await buildInitramfs(unpacked, guestSources, runs);
    return new Lab(unpacked.release, { kernel: kernelFile(unpacked), initramfs }, runs);
  }

  /** Activates every store; a guest that goes down before the last one is booted again for the rest. */
  async activate(jobs: readonly Activation[], onVerdict: (done: number) => void) {
    const verdicts = new Map<string, Verdict>();
    let left = [...jobs];
    while (left.length > 0) {
      const { result, answers } = await this.bootOver(firstOf(left));
      const { finished, unfinished } = answers;
      for (const [id, answer] of finished) verdicts.set(id, verdictOf(answer));
      if (unfinished !== null) {
        verdicts.set(unfinished, crashVerdict(result.console, result.stuck));
      } else if (finished.size === 0) {
        throw noAnswer(result);
      }
      left = left.filter(({ id }) => !verdicts.has(id));
      onVerdict(verdicts.size);
    }
    return verdicts;
  }

  /** Lets the kernel make stores. */
  async make(jobs: readonly StoreMaking[]): Promise<Map<string, MadeStore>> {
    const { result, folder, answers } = await this.bootOver(jobs);
    const { finished, done } = answers;
    if (!done) throw noAnswer(result);
    await run("tar", ["--extract", "--file", result.results, "--directory", folder]);
    const made = (id: string, answer: Answer): MadeStore => ({
      cow: path.join(folder, "results", id, "cow.img"),
      origin: path.join(folder, "results", id, "origin.img"),
      status: answer.one("status") ?? "",
    });
    return new Map([...finished].map(([id, answer]) => [id, made(id, answer)]));
  }

  /** Removes disks and logs. */
  async clear(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }

  private async bootOver(jobs: readonly Job[]): Promise<Booted> {
    this.boots++;
    const folder = path.join(this.folder, `boot-${this.boots}`);
    await mkdir(folder);
    const archive = await packJobs(jobs, folder);
    const result = await boot(this.machine, archive, folder);
    const answers = parseAnswers(result.answers);
    // What is foretold is foretold of this release.
    if (answers.release !== null && answers.release !== this.release) {
      throw new LabError(`the guest runs Linux ${answers.release}, not ${this.release}`);
    }
    return { result, folder, answers };
  }
}

interface Booted {
  result: BootResult;
  folder: string;
  answers: Answers;
}

/** As many of the jobs as one boot can hold, at least one. */
function firstOf(jobs: readonly Activation[]): Activation[] {
  let bytes = 0;
  const taken = jobs.findIndex(({ cow }) => {
    bytes += cow.length;
    return bytes > BYTES_PER_BOOT;
  });
  return jobs.slice(0, taken < 0 ? jobs.length : Math.max(taken, 1));
}

function noAnswer({ console, stuck }: BootResult): LabError {
  const last = console.trim().split("\n").at(-1) ?? "";
  return new LabError(
    `the guest ${stuck ? "hangs" : "ended"} without an answer; it last said: ${last}`,
  );
}
