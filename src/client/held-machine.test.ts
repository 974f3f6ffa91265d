import { expect, test } from "vitest";
import { FakeWorker } from "../../testing/fake-worker.ts";
import { DEFAULT_OPTIONS } from "../protocol/check.ts";
import type { FoundStore, MachineTree } from "../protocol/machine.ts";
import { failure, type Problem, success } from "../protocol/problem.ts";
import type { Report } from "../protocol/report.ts";
import type { MachineHandle, OpenedStore, StoreService } from "../protocol/store-service.ts";
import type { HeldMachine } from "./held-machine.ts";
import { StoreClient } from "./store-client.ts";

const ignore = () => {};
const going = new AbortController().signal;
const store = { node: 5, name: "vg/snap", layers: ["disk.img", "vg/snap"] } as FoundStore;
const files = [{ blob: new Blob(["a disk"]), name: "disk.img" }];
const problem = (code: Problem["code"]): Problem => ({
  code,
  message: code,
  where: "",
  expected: "",
  found: "",
  todo: "",
});

/** Finds one store under a handle of its own at each look, and knows no other handle. */
function looking(first: bigint, found: () => boolean = () => true) {
  const calls: string[] = [];
  let handle = first - 1n;
  const known = (machine: MachineHandle) => machine === handle;
  const tree = { stores: [store] } as MachineTree;
  const parts: Partial<StoreService> = {
    warm: async () => {},
    look: async (looked) => {
      handle += 1n;
      calls.push(`look ${looked.map(({ name }) => name)}`);
      const bytes = { read: 10, whole: 100 };
      return success(found() ? { machine: handle, tree, bytes } : null);
    },
    openFound: async (machine, node) => {
      calls.push(`open ${node} of ${machine}`);
      if (!known(machine)) return failure(problem("machine.stale"));
      return success({ store: { handle: 99n } as OpenedStore, blob: new Blob(["snap"]) });
    },
    checkFound: async (machine, node) => {
      calls.push(`check ${node} of ${machine}`);
      if (!known(machine)) return failure(problem("machine.stale"));
      const report = { image: { name: "disk.img:vg/snap" } } as Report;
      return success({ report, bytes: { read: 60, whole: 100 } });
    },
  };
  return { parts, calls };
}

/** A machine that was looked into, with the workers that its client starts one after the other. */
async function heldBy(
  ...offered: object[]
): Promise<{ machine: HeldMachine; workers: FakeWorker[] }> {
  const workers: FakeWorker[] = [];
  const client = new StoreClient(() => {
    const worker = new FakeWorker(offered[workers.length] ?? {});
    workers.push(worker);
    return worker;
  });
  const looked = await client.look(files, ignore, going);
  if (!looked.ok || looked.value === null) throw new Error("nothing was found");
  return { machine: looked.value, workers };
}

test("a check tells the report, and how much of the files was read by then", async () => {
  const { parts, calls } = looking(1n);
  const { machine } = await heldBy(parts);
  expect(machine.bytes).toEqual({ read: 10, whole: 100 });
  expect(await machine.check(store, DEFAULT_OPTIONS, going)).toMatchObject({
    ok: true,
    value: { image: { name: "disk.img:vg/snap" } },
  });
  expect(machine.bytes).toEqual({ read: 60, whole: 100 });
  expect(calls).toEqual(["look disk.img", "check 5 of 1"]);
});

test("a store is opened as part of the files, under the name that tells where it lies", async () => {
  const { parts } = looking(1n);
  const { machine } = await heldBy(parts);
  const opened = await machine.open(store, DEFAULT_OPTIONS, ignore, going);
  if (!opened.ok) throw new Error(opened.problem.message);
  expect(opened.value.store.handle).toBe(99n);
  const patched = opened.value.patched([{ offset: 0, bytes: new TextEncoder().encode("t") }]);
  expect(await patched?.text()).toBe("tnap");
});

test("a worker that does not hold it any more looks into the same files again, once", async () => {
  const before = looking(1n);
  const after = looking(41n);
  const { machine, workers } = await heldBy(before.parts, after.parts);
  workers[0]?.dispatchEvent(Object.assign(new Event("error"), { message: "out of memory" }));
  expect((await machine.open(store, DEFAULT_OPTIONS, ignore, going)).ok).toBe(true);
  expect(after.calls).toEqual(["open 5 of 1", "look disk.img", "open 5 of 41"]);
  // From then on it is asked under the new handle.
  await machine.check(store, DEFAULT_OPTIONS, going);
  expect(after.calls.slice(3)).toEqual(["check 5 of 41"]);
});

test("files in which nothing is found any more are a problem, and no endless search", async () => {
  const before = looking(1n);
  const after = looking(41n, () => false);
  const { machine, workers } = await heldBy(before.parts, after.parts);
  workers[0]?.dispatchEvent(new Event("error"));
  expect(await machine.check(store, DEFAULT_OPTIONS, going)).toMatchObject({
    ok: false,
    problem: { code: "fault.worker", found: "it finds no disk any more" },
  });
  expect(after.calls).toEqual(["check 5 of 1", "look disk.img"]);
});

test("any other problem is handed on as it is, and the bytes read stay what is known", async () => {
  const { parts, calls } = looking(1n);
  const checkFound = async () => failure(problem("image.hole"));
  const { machine } = await heldBy({ ...parts, checkFound });
  expect(await machine.check(store, DEFAULT_OPTIONS, going)).toEqual(
    failure(problem("image.hole")),
  );
  expect(machine.bytes).toEqual({ read: 10, whole: 100 });
  expect(calls).toEqual(["look disk.img"]);
});

test("what nobody waits for is not asked", async () => {
  const { parts, calls } = looking(1n);
  const { machine } = await heldBy(parts);
  expect(await machine.open(store, DEFAULT_OPTIONS, ignore, AbortSignal.abort())).toMatchObject({
    ok: false,
    problem: { code: "cancelled", where: "disk.img:vg/snap" },
  });
  expect(calls).toEqual(["look disk.img"]);
});
