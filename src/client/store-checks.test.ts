import { expect, test } from "vitest";
import type { FoundStore, MachineTree } from "../protocol/machine.ts";
import { failure, type Problem, type Result, success } from "../protocol/problem.ts";
import type { Report } from "../protocol/report.ts";
import { StoreChecks } from "./store-checks.ts";

const problem = (code: Problem["code"]): Problem => ({
  code,
  message: code,
  where: "",
  expected: "",
  found: "",
  todo: "",
});
const reportOf = (node: number) => ({ image: { name: `store ${node}` } }) as Report;

/** A machine with stores at these nodes, whose checks end when the test says so. */
function machineOf(...nodes: number[]) {
  const asked: { node: number; answer: (result: Result<Report>) => void }[] = [];
  const stores = nodes.map((node) => ({ node }) as FoundStore);
  const checks = new StoreChecks({
    tree: { stores } as MachineTree,
    check: ({ node }) => new Promise((answer) => asked.push({ node, answer })),
  });
  const states = () => [...checks.state()].map(([node, { at }]) => [node, at]);
  const answer = async (result: Result<Report>) => {
    asked.at(-1)?.answer(result);
    await new Promise((next) => setTimeout(next));
  };
  return { checks, states, answer, askedOf: () => asked.map(({ node }) => node) };
}

test("the stores are checked in their order, one at a time, and each verdict is told at once", async () => {
  const { checks, states, answer, askedOf } = machineOf(7, 3);
  const told: unknown[] = [];
  const leave = checks.subscribe(() => told.push(states()));
  const running = checks.run(new AbortController().signal);
  expect(askedOf()).toEqual([7]);
  await answer(success(reportOf(7)));
  expect(askedOf()).toEqual([7, 3]);
  await answer(failure(problem("image.hole")));
  await running;
  expect(told).toEqual([
    [[7, "checking"]],
    [[7, "checked"]],
    [
      [7, "checked"],
      [3, "checking"],
    ],
    [
      [7, "checked"],
      [3, "problem"],
    ],
  ]);
  expect(checks.state().get(7)).toEqual({ at: "checked", report: reportOf(7) });
  expect(checks.state().get(3)).toEqual({ at: "problem", problem: problem("image.hole") });
  leave();
  void checks.run(new AbortController().signal);
  expect(told).toHaveLength(4);
});

test("what was stopped waits again, and goes on where it stopped; nothing is checked twice", async () => {
  const { checks, states, answer, askedOf } = machineOf(1, 2, 3);
  const left = new AbortController();
  const first = checks.run(left.signal);
  await answer(success(reportOf(1)));
  left.abort();
  await answer(failure(problem("cancelled")));
  await first;
  expect(states()).toEqual([[1, "checked"]]);
  const again = checks.run(new AbortController().signal);
  expect(askedOf()).toEqual([1, 2, 2]);
  await answer(failure(problem("image.unreadable")));
  await answer(success(reportOf(3)));
  await again;
  expect(states()).toEqual([
    [1, "checked"],
    [2, "problem"],
    [3, "checked"],
  ]);
  await checks.run(new AbortController().signal);
  expect(askedOf()).toEqual([1, 2, 2, 3]);
});

test("a state that was handed out does not change: a screen can tell that there is a new one", async () => {
  const { checks, answer } = machineOf(1);
  const before = checks.state();
  const running = checks.run(new AbortController().signal);
  const during = checks.state();
  await answer(success(reportOf(1)));
  await running;
  expect(before.size).toBe(0);
  expect(during.get(1)).toEqual({ at: "checking" });
});

test("nothing is asked where nobody looks", async () => {
  const { checks, askedOf } = machineOf(1);
  await checks.run(AbortSignal.abort());
  expect(askedOf()).toEqual([]);
});
