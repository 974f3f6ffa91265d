import { expect, test } from "vitest";
import { CONTRACT_RACE } from "../../testing/contract-race.ts";
import { parseRaceParams } from "./race-params.ts";

test("what is left out has the value of the contract's example", () => {
  const parsed = parseRaceParams({});
  expect(parsed.ok).toBe(true);
  expect(parsed).toEqual(parseRaceParams(CONTRACT_RACE));
});

test("chunk numbers are numbers or decimal strings, up to 64 bits", () => {
  const parsed = parseRaceParams({ exceptions: [[7, "18446744073709551615"]] });
  expect(parsed.ok && parsed.value.exceptions).toEqual([[7n, 2n ** 64n - 1n]]);
});

test.each([
  [null, "PARAMS"],
  [[], "PARAMS"],
  [{ unheardOf: 1 }, "PARAMS"],
  [{ fix: "during" }, "fix"],
  [{ storeBytes: 16 }, "storeBytes"],
  [{ ioCopy: "bytes" }, "ioCopy"],
  [{ index: 256 }, "index"],
  [{ index: -1 }, "index"],
  [{ index: 0.5 }, "index"],
  [{ entriesPerArea: 0 }, "entriesPerArea"],
  [{ entriesPerArea: 2 ** 27 + 1 }, "entriesPerArea"],
  [{ copies: 241 }, "copies"],
  [{ copies: 1e300 }, "copies"],
  [{ pendingAfter: 2 ** 31 }, "pendingAfter"],
  [{ chunkSize: 0 }, "chunkSize"],
  [{ chunkSize: 2 ** 32 }, "chunkSize"],
  [{ exceptions: [] }, "exceptions"],
  [{ exceptions: [[1]] }, "exceptions[0]"],
  [{ exceptions: [[1, -2]] }, "exceptions[0]"],
  [{ exceptions: [[1, "18446744073709551616"]] }, "exceptions[0]"],
  [{ entry0: "3" }, "entry0"],
])("%j is a problem with %s", (input, where) => {
  const parsed = parseRaceParams(input);
  expect(parsed.ok).toBe(false);
  if (!parsed.ok) expect(parsed.problem).toMatchObject({ code: "option.bad", where });
});
