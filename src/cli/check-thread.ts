import { parentPort, workerData } from "node:worker_threads";
import type { ImageAnswer } from "./answers.ts";
import { checkOne } from "./check-image.ts";
import type { ThreadData } from "./check-threads.ts";

// A thread of check-threads.ts: takes a path, sends what the command is to say of it, then null.
const { compiled, call }: ThreadData = workerData;
parentPort?.on("message", async (path: string) => {
  const send = (answer: ImageAnswer | null) => parentPort?.postMessage(answer);
  for await (const answer of checkOne(compiled, path, call)) send(answer);
  send(null);
});
