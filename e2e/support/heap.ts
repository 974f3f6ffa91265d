import type { CDPSession, Page } from "@playwright/test";

/** Bytes in use: JavaScript objects, and the buffers behind them, WebAssembly's memory among them. */
export interface Heap {
  page: number;
  workers: number;
}

interface Answer {
  id: number;
  result?: { usedSize: number; backingStorageSize?: number };
}

/** Measures the page and its workers through Chromium's protocol, after a collection of garbage. */
export class HeapMeter {
  readonly #sessions = new Set<string>();
  readonly #waiting = new Map<number, (answer: Answer) => void>();
  #asked = 0;

  private constructor(private readonly cdp: CDPSession) {
    cdp.on("Target.attachedToTarget", ({ sessionId }) => this.#sessions.add(sessionId));
    cdp.on("Target.detachedFromTarget", ({ sessionId }) => this.#sessions.delete(sessionId));
    cdp.on("Target.receivedMessageFromTarget", ({ message }) => {
      const answer = JSON.parse(message) as Answer;
      this.#waiting.get(answer.id)?.(answer);
      this.#waiting.delete(answer.id);
    });
  }

  static async of(page: Page): Promise<HeapMeter> {
    const cdp = await page.context().newCDPSession(page);
    const meter = new HeapMeter(cdp);
    const attach = { autoAttach: true, waitForDebuggerOnStart: false, flatten: false };
    await cdp.send("Target.setAutoAttach", attach);
    return meter;
  }

  async measure(): Promise<Heap> {
    // Twice: what the first collection lets go of may have held more.
    for (let times = 0; times < 2; times += 1) {
      await this.cdp.send("HeapProfiler.collectGarbage");
      for (const session of this.#sessions) await this.#ask(session, "HeapProfiler.collectGarbage");
    }
    const page = sizeOf((await this.cdp.send("Runtime.getHeapUsage")) as Answer["result"]);
    let workers = 0;
    for (const session of this.#sessions) {
      workers += sizeOf((await this.#ask(session, "Runtime.getHeapUsage")).result);
    }
    return { page, workers };
  }

  async #ask(sessionId: string, method: string): Promise<Answer> {
    this.#asked += 1;
    const id = this.#asked;
    const answer = new Promise<Answer>((resolve) => this.#waiting.set(id, resolve));
    const message = JSON.stringify({ id, method });
    await this.cdp.send("Target.sendMessageToTarget", { sessionId, message });
    return answer;
  }
}

const sizeOf = (usage: Answer["result"]): number =>
  (usage?.usedSize ?? 0) + (usage?.backingStorageSize ?? 0);
