import type { CDPSession, Page } from "@playwright/test";

/** Bytes in use. */
export interface Heap {
  /** Objects of JavaScript and of the document, and the buffers behind them. */
  page: number;
  workers: number;
  /** The memories of all WebAssembly instances that are alive in the workers. */
  cores: number;
}

interface Usage {
  usedSize: number;
  embedderHeapUsedSize: number;
  backingStorageSize: number;
}

interface Found {
  result: { objectId: string; value: number };
  objects: { objectId: string };
}

/** Of V8's heap snapshots, what is looked at: `nodes` has a number for each field of each object. */
interface Snapshot {
  snapshot: { meta: { node_fields: string[] } };
  nodes: number[];
  strings: string[];
}

type Ask = <Result>(method: string, params?: object) => Promise<Result>;

interface Answer {
  id: number;
  result: unknown;
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
    // Each method has its own type there; what is asked for here has it in `Usage` and `Found`.
    const ofPage = this.cdp.send.bind(this.cdp) as unknown as Ask;
    const ofWorkers = [...this.#sessions].map(
      (session): Ask =>
        (method, params) =>
          this.#ask(session, method, params),
    );
    // Twice: what the first collection lets go of may have held more.
    for (let times = 0; times < 2; times += 1) {
      for (const ask of [ofPage, ...ofWorkers]) await ask("HeapProfiler.collectGarbage");
    }
    const [page, ...workers] = await Promise.all([ofPage, ...ofWorkers].map(objectBytes));
    const cores = await Promise.all(ofWorkers.map(wasmBytes));
    return { page: page ?? 0, workers: sum(workers), cores: sum(cores) };
  }

  /** How many objects of a kind the page's document holds; the browser's own have names, too. */
  async count(name: string): Promise<number> {
    const chunks: string[] = [];
    const keep = ({ chunk }: { chunk: string }) => chunks.push(chunk);
    this.cdp.on("HeapProfiler.addHeapSnapshotChunk", keep);
    await this.cdp.send("HeapProfiler.collectGarbage");
    await this.cdp.send("HeapProfiler.takeHeapSnapshot", { reportProgress: false });
    this.cdp.off("HeapProfiler.addHeapSnapshotChunk", keep);
    const { snapshot, nodes, strings } = JSON.parse(chunks.join("")) as Snapshot;
    const fields = snapshot.meta.node_fields;
    const named = nodes.filter((_, at) => at % fields.length === fields.indexOf("name"));
    return named.filter((string) => strings[string] === name).length;
  }

  async #ask<Result>(sessionId: string, method: string, params: object = {}): Promise<Result> {
    this.#asked += 1;
    const id = this.#asked;
    const answer = new Promise<Answer>((resolve) => this.#waiting.set(id, resolve));
    const message = JSON.stringify({ id, method, params });
    await this.cdp.send("Target.sendMessageToTarget", { sessionId, message });
    return (await answer).result as Result;
  }
}

const sum = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0);

async function objectBytes(ask: Ask): Promise<number> {
  const usage = await ask<Usage>("Runtime.getHeapUsage");
  return usage.usedSize + usage.embedderHeapUsedSize + usage.backingStorageSize;
}

/** V8 does not count these among the buffers. Addresses that were never written to take no memory. */
async function wasmBytes(ask: Ask): Promise<number> {
  const objectGroup = "heap-meter";
  const { result: prototype } = await ask<Found>("Runtime.evaluate", {
    expression: "WebAssembly.Memory.prototype",
    objectGroup,
  });
  const { objects } = await ask<Found>("Runtime.queryObjects", {
    prototypeObjectId: prototype.objectId,
    objectGroup,
  });
  const { result: bytes } = await ask<Found>("Runtime.callFunctionOn", {
    objectId: objects.objectId,
    functionDeclaration:
      "function () { return this.reduce((sum, { buffer }) => sum + buffer.byteLength, 0); }",
    returnByValue: true,
  });
  await ask("Runtime.releaseObjectGroup", { objectGroup });
  return bytes.value;
}
