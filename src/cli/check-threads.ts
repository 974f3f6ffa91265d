import { Worker } from "node:worker_threads";
import { problemOf } from "../engine/problems.ts";
import { type ImageAnswer, problemAnswer } from "./answers.ts";
import { type CheckCall, calledName } from "./check-image.ts";
import { shown } from "./image-names.ts";
import type { ImageProblem } from "./image-problem.ts";
import { tookTooLong } from "./limits.ts";

/** What every thread is given at its start. */
export interface ThreadData {
  compiled: WebAssembly.Module;
  call: CheckCall;
}

/** So many images are begun before the one that is waited for is done: answers take memory. */
const AHEAD = 256;

/**
 * Checks images on several threads at once. Answers come in the order of the images, each as soon as
 * those before it are there; an image whose thread dies, or takes too long, has that for an answer.
 */
export async function* checkOnThreads(
  images: readonly string[],
  data: ThreadData,
  threads: number,
): AsyncGenerator<ImageAnswer> {
  const idle = Array.from({ length: threads }, () => new CheckThread(data));
  const all = new Set(idle);
  const running = new Map<number, Promise<ImageAnswer[]>>();
  let begun = 0;
  let awaited = 0;
  const begin = () => {
    while (begun < images.length && begun < awaited + AHEAD) {
      const thread = idle.pop();
      if (!thread) return;
      const path = images[begun] ?? "";
      running.set(
        begun,
        thread.check(path).then((answers) => {
          idle.push(thread);
          begin();
          return answers;
        }),
      );
      begun += 1;
    }
  };
  try {
    for (; awaited < images.length; awaited++) {
      begin();
      const answers = await running.get(awaited);
      if (!answers) throw new Error(`image ${awaited} was never begun`);
      running.delete(awaited);
      yield* answers;
    }
  } finally {
    await Promise.all([...all].map((thread) => thread.end()));
  }
}

/** One thread, made again if it dies; it works on one image at a time. */
class CheckThread {
  private worker: Worker | null = null;

  constructor(private readonly data: ThreadData) {}

  check(path: string): Promise<ImageAnswer[]> {
    const worker = this.worker ?? this.start();
    const { call } = this.data;
    const { seconds } = call.limits;
    const answers: ImageAnswer[] = [];
    return new Promise((resolve) => {
      const settle = () => {
        clearTimeout(timer);
        worker.off("message", take).off("error", died).off("exit", exited);
        resolve(answers);
      };
      const take = (answer: ImageAnswer | null) => {
        if (answer) answers.push(answer);
        else settle();
      };
      const lost = (problem: ImageProblem) => {
        this.worker = null;
        answers.push(problemAnswer(calledName(path, call), problem, call.shape));
        settle();
      };
      const died = (why: unknown) => lost(problemOf(why, shown(path)));
      const exited = (code: number) => died(new Error(`its thread ended with code ${code}`));
      // From outside: a thread that computes hears of nothing.
      const late = (most: number) => {
        const about = call.store === null ? [path] : call.images;
        lost(tookTooLong(about, most));
        void worker.terminate();
      };
      const timer = seconds === null ? undefined : setTimeout(late, seconds * 1000, seconds);
      worker.on("message", take).on("error", died).on("exit", exited);
      worker.postMessage(path);
    });
  }

  async end(): Promise<void> {
    await this.worker?.terminate();
  }

  private start(): Worker {
    // vite.cli.config.ts builds it beside the command.
    const script = new URL("./check-thread.js", import.meta.url);
    const worker = new Worker(script, { workerData: this.data });
    // One that dies between two images is not asked again, nor does it take the command along.
    const forget = () => {
      if (this.worker === worker) this.worker = null;
    };
    worker.on("error", forget).on("exit", forget);
    this.worker = worker;
    return worker;
  }
}
