import { beforeAll, describe, expect, it } from "vitest";
import { loadRace, modelOf, unwrap } from "../../../testing/race-core.ts";
import type { Race } from "../../engine/race/race.ts";
import { historyWords, wordsAt, writerWords } from "./words.ts";

let race: Race;
beforeAll(async () => {
  race = await loadRace();
});

/** I clears and fills the header, C puts its exception's new_chunk over its second half. */
const BOOT_CRASH = "IIIICIIIICCIIIII";
const replay = (schedule = BOOT_CRASH) => unwrap(race.replay(modelOf(), schedule, true));

describe("the words of a buffer", () => {
  it("tell who wrote them last, and over whom", () => {
    const words = wordsAt(replay(), 10, "area", 0);
    expect(words.map((word) => word.bytes)).toEqual([
      "53 6e 41 70",
      "00 00 00 00",
      "02 00 00 00",
      "00 00 00 00",
    ]);
    expect(words.map(writerWords)).toEqual([
      "I · step 6 over C",
      "I · step 7 over C",
      "C · step 10 over I",
      "C · step 10 over I",
    ]);
  });

  it("are nobody's at the start, and zero after a memset", () => {
    expect(wordsAt(replay(), 0, "area", 0).map(({ writer }) => writer)).toEqual(
      Array(4).fill("initial"),
    );
    expect(wordsAt(replay(), 4, "area", 0).map(writerWords)[3]).toBe("zero · I · step 3");
  });

  it("are no loss where they were only zeros", () => {
    const words = wordsAt(replay(), 5, "area", 0);
    expect(words.map(writerWords)[0]).toBe("C · step 5");
  });

  it("know all that happened to them", () => {
    const [magic] = wordsAt(replay(), 10, "area", 0);
    if (!magic) throw new Error("no word");
    expect(historyWords("magic", magic)).toBe(
      "magic: 00 00 00 00 at the start, then 00 00 00 00 by I in step 2, " +
        "then 07 00 00 00 by C in step 5, then 53 6e 41 70 by I in step 6",
    );
  });
});

describe("the words of a chunk", () => {
  it("are the work of whoever made the value, not of the device", () => {
    const { steps } = replay();
    const header = wordsAt(replay(), steps.length, "header", 0);
    expect(header.map(({ writer }) => writer)).toEqual(["I", "I", "C", "C"]);
    expect(header[2]?.brought?.id).toBe("I7");
  });
});

it("a place that the replay does not keep has no words", () => {
  expect(wordsAt(replay(), 0, "zero_area", 0)).toEqual([]);
});
