import { describe, expect, it } from "vitest";
import type { Image } from "../client/held-store.ts";
import { failure, type Problem, success } from "../protocol/problem.ts";
import type { StoreLikeness } from "../protocol/store-service.ts";
import { Intake } from "./intake.ts";
import type { Place } from "./navigation.ts";

const unreadable: Problem = {
  code: "image.unreadable",
  message: "",
  where: "",
  expected: "",
  found: "",
  todo: "",
};

/** A page that looks at files by name: their likeness is what the test says. */
function intakeOf(likeness: Record<string, StoreLikeness | null>) {
  const opened: string[] = [];
  const origins: string[] = [];
  const client = {
    storeLikeness: async ({ name }: Image) => {
      const found = likeness[name] ?? null;
      return found === null ? failure(unreadable) : success(found);
    },
  };
  const session = { readSnapshot: ({ name }: Image) => void origins.push(name) };
  const navigation = {
    openFile: (image: Image, origin: Image | null = null) => {
      opened.push(origin === null ? image.name : `${image.name} over ${origin.name}`);
    },
    place: () => ({ subject: "" }) as Place,
  };
  const intake = new Intake(client, session, navigation);
  const take = (names: string[], use: "store" | "origin" = "store", folders: string[] = []) =>
    intake.take({ files: names.map((name) => new File(["x"], name)), folders, isText: false }, use);
  return { intake, take, opened, origins, words: () => intake.answer()?.words ?? "" };
}

describe("what is handed to the page", () => {
  it("opens one image without a word", async () => {
    const { take, opened, words } = intakeOf({});
    await take(["a.img"]);
    expect(opened).toEqual(["a.img"]);
    expect(words()).toBe("");
  });

  it("pairs a store and its origin, whichever comes first", async () => {
    for (const order of [
      ["cow", "root"],
      ["root", "cow"],
    ]) {
      const { take, opened, words } = intakeOf({ cow: "areas", root: "other" });
      await take(order);
      expect(opened).toEqual(["cow over root"]);
      expect(words()).toBe("cow is taken for the COW image, root for its origin.");
    }
  });

  it("asks where the bytes do not tell, and pairs as it is told", async () => {
    const { intake, take, opened, words } = intakeOf({ a: "unknown", b: "unknown" });
    await take(["a", "b"]);
    expect(opened).toEqual([]);
    expect(words()).toContain("do not tell");
    const [, second] = intake.answer()?.choose ?? [];
    if (second !== undefined) intake.choose(second);
    expect(opened).toEqual(["b over a"]);
  });

  it("asks which of two stores, and does not take the other for an origin", async () => {
    const { intake, take, opened, words } = intakeOf({ a: "magic", b: "magic", root: "other" });
    await take(["a", "b", "root"]);
    expect(words()).toContain("More than one of these is a COW image");
    expect(intake.answer()?.choose.map(([image]) => image?.name)).toEqual(["a", "b"]);
    const [, second] = intake.answer()?.choose ?? [];
    if (second !== undefined) intake.choose(second);
    expect(opened).toEqual(["b"]);
  });

  it("opens the store among several files, and says what it left alone", async () => {
    const { take, opened, words } = intakeOf({ a: "other", b: "magic", c: null, d: "unknown" });
    await take(["a", "b", "c", "d"]);
    expect(opened).toEqual(["b"]);
    expect(words()).toContain("3 other files (a, c, d) left alone");
  });

  it("asks among files of which none can be read", async () => {
    const { intake, take, opened } = intakeOf({});
    await take(["a", "b"]);
    expect(opened).toEqual([]);
    expect(intake.answer()?.choose).toHaveLength(2);
  });

  it("answers folders and text, and more than one origin", async () => {
    const { intake, take, opened, origins, words } = intakeOf({});
    await take([], "store", ["backup"]);
    expect(words()).toContain("backup: a folder cannot be checked");
    await intake.take({ files: [], folders: [], isText: true }, "store");
    expect(words()).toContain("text or a link");
    await take(["a", "b"], "origin");
    expect(words()).toContain("one file");
    await take(["root"], "origin");
    expect(origins).toEqual(["root"]);
    expect(words()).toBe("");
    expect(opened).toEqual([]);
  });
});
