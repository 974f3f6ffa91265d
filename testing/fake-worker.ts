import { MessageChannel } from "node:worker_threads";
import { type Endpoint, expose } from "comlink";
import type { WorkerLike } from "../src/client/worker-link.ts";

/** Stands in for a worker: a message port with the service at its other end. */
export class FakeWorker extends EventTarget implements WorkerLike {
  terminated = false;
  readonly #near: MessagePort;

  constructor(offered: object) {
    super();
    const { port1, port2 } = new MessageChannel() as unknown as globalThis.MessageChannel;
    this.#near = port1;
    this.#near.onmessage = ({ data }) => this.dispatchEvent(new MessageEvent("message", { data }));
    expose(offered, port2 as Endpoint);
  }

  postMessage(message: unknown, transfer: Transferable[] = []): void {
    this.#near.postMessage(message, transfer);
  }

  terminate(): void {
    this.terminated = true;
    this.#near.close();
  }
}
