import { expect, test } from "vitest";
import { OneInFlight } from "./one-in-flight.ts";

test("of the jobs that come while one runs, only the newest follows it", async () => {
  const flight = new OneInFlight();
  const log: string[] = [];
  const job = (name: string) => async () => {
    log.push(`${name} begins`);
    await new Promise((resolve) => setTimeout(resolve));
    log.push(`${name} ends`);
  };
  for (const name of ["first", "second", "third"]) flight.run(job(name));
  await new Promise((resolve) => setTimeout(resolve, 20));
  flight.run(job("fourth"));
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(log).toEqual(["first", "third", "fourth"].flatMap((n) => [`${n} begins`, `${n} ends`]));
});
