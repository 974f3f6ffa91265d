import { describe, expect, it } from "vitest";
import { failure, type Problem, type Result, success } from "../protocol/problem.ts";
import type { SnapshotProgress, SnapshotReport } from "../protocol/snapshot.ts";
import type { ReadSnapshot, SnapshotTarget } from "../protocol/store-service.ts";
import { SnapshotRun } from "./snapshot-run.ts";

interface Reading {
  target: SnapshotTarget;
  signal: AbortSignal;
  progress: (progress: SnapshotProgress) => void;
  answer: (result: Result<ReadSnapshot>) => void;
}

/** A run whose readings end when the test says so. */
function runUnderTest() {
  const readings: Reading[] = [];
  const left = new AbortController();
  const run = new SnapshotRun(
    (_, target, progress, signal) =>
      new Promise((answer) => readings.push({ target, signal, progress, answer })),
    left.signal,
  );
  return { run, readings, left };
}

const origin = (name: string) => ({ blob: new Blob(["x"]), name });
const report: SnapshotReport = {
  schema: "cowscope.snapshot/1",
  bytes: "1",
  chunkBytes: 512,
  sha256: "ab",
  unreadableChunks: [],
  unreadableCount: "0",
};
const problem: Problem = {
  code: "cancelled",
  message: "stopped",
  where: "",
  expected: "",
  found: "",
  todo: "",
};

describe("SnapshotRun", () => {
  it("shows how far it is, then what came of it", async () => {
    const { run, readings } = runUnderTest();
    const reading = run.read(origin("a"));
    readings[0]?.progress({ done: 1, total: 2 });
    expect(run.state()).toMatchObject({ running: "reading", progress: { done: 1, total: 2 } });
    readings[0]?.answer(success({ report, blob: null }));
    await reading;
    expect(run.state()).toMatchObject({ running: null, report, problem: null });
  });

  it("keeps what is known when saving it is stopped", async () => {
    const { run, readings } = runUnderTest();
    const reading = run.read(origin("a"));
    readings[0]?.answer(success({ report, blob: null }));
    await reading;
    const saving = run.save("a.img", { kind: "blob" });
    expect(run.state()).toMatchObject({ running: "saving", report });
    run.cancel();
    expect(readings[1]?.signal.aborted).toBe(true);
    readings[1]?.answer(failure(problem));
    expect(await saving).toBeNull();
    expect(run.state()).toMatchObject({ running: null, report, problem, savedAs: null });
  });

  it("hands out the Blob, and says under which name it was saved", async () => {
    const { run, readings } = runUnderTest();
    void run.read(origin("a"));
    const blob = new Blob(["snapshot"]);
    const saving = run.save("a.img", { kind: "blob" });
    readings[1]?.answer(success({ report, blob }));
    expect(await saving).toBe(blob);
    expect(run.state()).toMatchObject({ savedAs: "a.img", running: null });
  });

  it("stops for another origin, whose state alone is shown", async () => {
    const { run, readings } = runUnderTest();
    const first = run.read(origin("first"));
    const second = run.read(origin("second"));
    expect(readings[0]?.signal.aborted).toBe(true);
    readings[0]?.answer(failure(problem));
    await first;
    expect(run.state()).toMatchObject({ origin: { name: "second" }, running: "reading" });
    readings[1]?.answer(success({ report, blob: null }));
    await second;
    expect(run.state()).toMatchObject({ report, problem: null });
  });

  it("stops when the store is left", () => {
    const { run, readings, left } = runUnderTest();
    void run.read(origin("a"));
    left.abort();
    expect(readings[0]?.signal.aborted).toBe(true);
  });
});
