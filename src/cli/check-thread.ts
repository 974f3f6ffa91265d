import { parentPort, workerData } from "node:worker_threads";
import { checkImage } from "./check-image.ts";
import type { ThreadData } from "./check-threads.ts";

// A thread of check-threads.ts: takes a path, answers with what the command is to say of it.
const { compiled, options, shape }: ThreadData = workerData;
parentPort?.on("message", (path: string) => {
  void checkImage(compiled, path, options, shape).then((answer) => parentPort?.postMessage(answer));
});
