import type { Problem } from "../protocol/problem.ts";

/** How the two ways a worker can fail are told. */
export interface Faults {
  /** The core trapped, or the engine threw: a bug, but one the person can get past. */
  core(thrown: unknown): Problem;
  /** The worker itself is gone, or never came up. */
  worker(why: string): Problem;
}

/** What a thrown thing says of itself. */
const wordsOf = (thrown: unknown): string =>
  thrown instanceof Error ? thrown.message : String(thrown);

export const coreFault = (thrown: unknown): Problem => ({
  code: "fault.core",
  message: "The reader failed on this image. That is a bug in cowscope, not in the image.",
  where: "the WebAssembly core",
  expected: "a report, whatever the bytes",
  found: wordsOf(thrown),
  todo: "Check it again: the reader has been started afresh. If it fails again, report the line above together with the first 64 KiB of the image.",
});

export const workerFault = (why: string): Problem => ({
  code: "fault.worker",
  message: "The reader stopped working.",
  where: "the background worker",
  expected: "an answer",
  found: why,
  todo: "Check it again: a new worker starts with it. If that fails too, reload the page.",
});

export const checkCancelled = (name: string): Problem => ({
  code: "cancelled",
  message: "The check was stopped before the last area was read.",
  where: name,
  expected: "every metadata area, up to the end of the table",
  found: "stopped on request",
  todo: "Check it again, or drop another image.",
});

export const snapshotCancelled = (name: string): Problem => ({
  code: "cancelled",
  message: "The snapshot was not read to its end.",
  where: name,
  expected: "every chunk of the origin",
  found: "stopped on request",
  todo: "Read it again, or choose another origin.",
});

/** While an image is read. */
export const STORE_FAULTS: Faults = { core: coreFault, worker: workerFault };

const RACE_TODO = "Try it again: a new worker starts with it. If that fails too, reload the page.";

/** While the race is replayed: there is no image to blame, and none to check again. */
export const RACE_FAULTS: Faults = {
  core: (thrown) => ({
    code: "fault.core",
    message: "The model of the race failed. That is a bug in cowscope.",
    where: "the WebAssembly core",
    expected: "an answer, whatever the parameters",
    found: wordsOf(thrown),
    todo: RACE_TODO,
  }),
  worker: (why) => ({
    code: "fault.worker",
    message: "The model of the race stopped working.",
    where: "the background worker",
    expected: "an answer",
    found: why,
    todo: RACE_TODO,
  }),
};
