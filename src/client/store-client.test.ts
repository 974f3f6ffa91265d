import { afterEach, describe, expect, it, vi } from "vitest";
import { FakeWorker } from "../../testing/fake-worker.ts";
import { DEFAULT_OPTIONS } from "../protocol/check.ts";
import { failure, success } from "../protocol/problem.ts";
import type { OpenedStore, StoreService } from "../protocol/store-service.ts";
import { coreFault } from "./fault.ts";
import type { HeldStore } from "./held-store.ts";
import { StoreClient } from "./store-client.ts";

const never = () => new Promise<never>(() => {});
const image = { blob: new Blob(["x"]), name: "a.img" };
const ignore = () => {};

/** A service that answers nothing, but for what a test gives it. */
const service = (parts: Partial<StoreService>): StoreService => ({
  warm: async () => {},
  open: never,
  look: never,
  openFound: never,
  checkFound: never,
  outerLayer: never,
  cancel: async () => {},
  storeLikeness: never,
  headerChunk: never,
  areaChunk: never,
  rows: never,
  filterRows: never,
  map: never,
  snapshot: never,
  raceStart: never,
  repairPlan: never,
  rescue: never,
  lookUp: never,
  damage: never,
  chunkPair: never,
  diff: never,
  openFiles: never,
  listFiles: never,
  readFile: never,
  stopFiles: never,
  ...parts,
});

/** A client whose workers, one after the other, offer these services. */
function clientOf(...offered: StoreService[]) {
  const workers: FakeWorker[] = [];
  const client = new StoreClient(() => {
    const worker = new FakeWorker(offered[workers.length] ?? service({}));
    workers.push(worker);
    return worker;
  });
  return { client, workers };
}

const open = (client: StoreClient, signal = new AbortController().signal) =>
  client.open(image, DEFAULT_OPTIONS, ignore, signal);

/** Opens whatever it is given. */
const opening: Partial<StoreService> = { open: async () => success({ handle: 7n } as OpenedStore) };

async function heldBy(client: StoreClient): Promise<HeldStore> {
  const opened = await open(client);
  if (!opened.ok) throw new Error(opened.problem.message);
  return opened.value;
}

afterEach(() => {
  vi.useRealTimers();
});

describe("StoreClient", () => {
  it("ends a call whose worker died with one typed fault, and goes on with a new worker", async () => {
    const { client, workers } = clientOf(
      service({}),
      service({ ...opening, rows: async () => success(new BigUint64Array([7n])) }),
    );
    const waiting = client.storeLikeness(image);
    workers[0]?.dispatchEvent(Object.assign(new Event("error"), { message: "out of memory" }));
    expect(await waiting).toMatchObject({
      ok: false,
      problem: { code: "fault.worker", found: "out of memory" },
    });
    const held = await heldBy(client);
    expect(await held.rows(0, 1)).toEqual({ ok: true, value: new BigUint64Array([7n]) });
    expect(workers[0]?.terminated).toBe(true);
  });

  it("takes what the service throws for a fault of the core, and replaces the worker", async () => {
    const thrower = service({
      open: async () => {
        throw new Error("unreachable executed");
      },
    });
    const { client, workers } = clientOf(thrower);
    expect(await open(client)).toMatchObject({
      ok: false,
      problem: { code: "fault.core", found: "unreachable executed" },
    });
    expect(workers[0]?.terminated).toBe(true);
  });

  it("does not trust a core that the engine itself reports as faulty", async () => {
    const { client, workers } = clientOf(service({ open: async () => failure(coreFault("trap")) }));
    await open(client);
    expect(workers[0]?.terminated).toBe(true);
  });

  it("cancels, and keeps the worker that obeys", async () => {
    let stop: () => void = ignore;
    const obedient = service({
      open: () =>
        new Promise((resolve) => {
          stop = () => resolve(failure(coreFault("not reached")));
        }),
      cancel: async () => stop(),
    });
    const { client, workers } = clientOf(obedient);
    const abort = new AbortController();
    const opening = open(client, abort.signal);
    await new Promise((resolve) => setTimeout(resolve, 20));
    abort.abort();
    expect(await opening).toMatchObject({ ok: false, problem: { code: "cancelled" } });
    expect(workers[0]?.terminated).toBe(false);
  });

  it("replaces a worker that does not hear the abort", async () => {
    const { client, workers } = clientOf(service({}));
    const abort = new AbortController();
    const opening = open(client, abort.signal);
    await new Promise((resolve) => setTimeout(resolve, 20));
    const asked = performance.now();
    abort.abort();
    expect(await opening).toMatchObject({ ok: false, problem: { code: "cancelled" } });
    expect(performance.now() - asked).toBeLessThan(2000);
    expect(workers[0]?.terminated).toBe(true);
  });

  it("takes the store for lost with a worker that does not stop reading a snapshot", async () => {
    const { client, workers } = clientOf(service(opening));
    const held = await heldBy(client);
    const abort = new AbortController();
    const reading = held.snapshot(image, { kind: "none" }, ignore, abort.signal);
    await new Promise((resolve) => setTimeout(resolve, 20));
    abort.abort();
    expect(await reading).toMatchObject({ ok: false, problem: { code: "fault.worker" } });
    expect(workers[0]?.terminated).toBe(true);
  });

  it("keeps the store when a snapshot stops as it was asked to", async () => {
    let stop: () => void = ignore;
    const obedient = service({
      ...opening,
      snapshot: () =>
        new Promise((resolve) => {
          stop = () => resolve(failure(coreFault("not reached")));
        }),
      cancel: async () => stop(),
    });
    const { client, workers } = clientOf(obedient);
    const held = await heldBy(client);
    const abort = new AbortController();
    const reading = held.snapshot(image, { kind: "none" }, ignore, abort.signal);
    await new Promise((resolve) => setTimeout(resolve, 20));
    abort.abort();
    expect(await reading).toMatchObject({ ok: false, problem: { code: "cancelled" } });
    expect(workers[0]?.terminated).toBe(false);
  });

  it("never lets two checks share the worker", async () => {
    const log: string[] = [];
    const slow = service({
      open: async (_, name) => {
        log.push(`begin ${name}`);
        await new Promise((resolve) => setTimeout(resolve, 20));
        log.push(`end ${name}`);
        return failure(coreFault("done"));
      },
    });
    const { client } = clientOf(slow, slow);
    const { signal } = new AbortController();
    await Promise.all(
      ["first", "second"].map((name) =>
        client.open({ ...image, name }, DEFAULT_OPTIONS, ignore, signal),
      ),
    );
    expect(log).toEqual(["begin first", "end first", "begin second", "end second"]);
  });
});
