import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, test } from "vitest";
import { FakeWorker } from "../../testing/fake-worker.ts";
import { STORE_FAULTS, workerFault } from "./fault.ts";
import { WorkerLink } from "./worker-link.ts";

interface Service {
  large(): Promise<Uint8Array>;
  silent(): Promise<null>;
}

const linked = () =>
  new WorkerLink<Service>(
    new FakeWorker({
      large: async () => new Uint8Array(1 << 20),
      silent: () => new Promise(() => {}),
    }),
    STORE_FAULTS,
  );

test("an answer lives no longer than whoever asked wants it", async () => {
  setFlagsFromString("--expose-gc");
  const collect: () => void = runInNewContext("gc");
  const link = linked();
  const answers: WeakRef<object>[] = [];
  for (let i = 0; i < 50; i++) {
    const answer = await link.call((service) => service.large());
    if (answer.ok) answers.push(new WeakRef(answer.value));
  }
  expect([answers.length, link.waiting]).toEqual([50, 0]);
  await new Promise((resolve) => setTimeout(resolve, 20));
  collect();
  // The last one may still lie on the stack.
  expect(answers.filter((answer) => answer.deref() !== undefined).length).toBeLessThanOrEqual(1);
});

test("calls that wait when the link ends are settled, and so is every later one", async () => {
  const link = linked();
  const waiting = [1, 2, 3].map(() => link.call((service) => service.silent()));
  expect(link.waiting).toBe(3);
  const problem = workerFault("ended");
  link.end(problem);
  expect(link.waiting).toBe(0);
  expect(await Promise.all(waiting)).toEqual(waiting.map(() => ({ ok: false, problem })));
  expect(await link.call((service) => service.silent())).toEqual({ ok: false, problem });
});
