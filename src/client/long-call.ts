import { type ProxyMarked, proxy, type Remote } from "comlink";
import { failure, type Problem, type Result } from "../protocol/problem.ts";
import type { StoreService } from "../protocol/store-service.ts";
import { checkCancelled } from "./fault.ts";
import type { WorkerLink } from "./worker-link.ts";

/** A call that reports its progress and can be stopped. */
export interface LongCall<T, P extends unknown[]> {
  /** The answer once it was stopped. */
  stopped: Problem;
  /** The answer of a worker that had to be ended, since it did not hear that it should stop. */
  unheard: Problem;
  ask: (
    service: Remote<StoreService>,
    listener: ((...progress: P) => void) & ProxyMarked,
  ) => Promise<Result<T>>;
}

/** A call that can begin anew whenever it was ended. @param name of what is read */
export function checkCall<T, P extends unknown[]>(
  name: string,
  ask: LongCall<T, P>["ask"],
): LongCall<T, P> {
  const stopped = checkCancelled(name);
  return { stopped, unheard: stopped, ask };
}

/** How long an abort may go unheard before the worker is replaced. */
const OBEY_WITHIN_MS = 1000;

/** Makes the call; aborting `signal` ends it. */
export async function makeLongCall<T, P extends unknown[]>(
  link: WorkerLink<StoreService>,
  { stopped, unheard, ask }: LongCall<T, P>,
  onProgress: (...progress: P) => void,
  signal: AbortSignal,
): Promise<Result<T>> {
  if (signal.aborted) return failure(stopped);
  let patience: ReturnType<typeof setTimeout> | undefined;
  const stop = () => {
    patience = setTimeout(() => link.end(unheard), OBEY_WITHIN_MS);
    void link.call((service) => service.cancel());
  };
  signal.addEventListener("abort", stop, { once: true });
  let answered = false;
  // Progress comes over a channel of its own, and its last word may come after the answer.
  const listener = proxy((...progress: P) => {
    if (!answered && !signal.aborted) onProgress(...progress);
  });
  const result = await link.call((service) => ask(service, listener));
  answered = true;
  clearTimeout(patience);
  signal.removeEventListener("abort", stop);
  if (signal.aborted) return failure(link.dead ? unheard : stopped);
  const answer = result.ok ? result.value : result;
  // A fault that the engine caught itself: its core is no safer for that.
  if (!answer.ok && answer.problem.code === "fault.core") link.end(answer.problem);
  return answer;
}
