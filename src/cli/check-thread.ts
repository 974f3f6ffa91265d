import { parentPort, workerData } from "node:worker_threads";
import type { ImageAnswer } from "./answers.ts";
import { checkImage } from "./check-image.ts";
import type { ThreadData } from "./check-threads.ts";

// A thread of check-threads.ts: takes a path, answers with what the command is to say of it.
const { compiled, call }: ThreadData = workerData;
parentPort?.on("message", async (path: string) => {
  const answers: ImageAnswer[] = [];
  for await (const answer of checkImage(compiled, path, call)) answers.push(answer);
  parentPort?.postMessage(answers);
});
