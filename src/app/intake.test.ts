import { describe, expect, it } from "vitest";
import type { Image } from "../client/held-store.ts";
import { failure, type Problem, success } from "../protocol/problem.ts";
import type { OuterLayer, StoreLikeness } from "../protocol/store-service.ts";
import type { Folder } from "./folder.ts";
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
function intakeOf(
  likeness: Record<string, StoreLikeness | null>,
  layers: Record<string, OuterLayer> = {},
) {
  const opened: string[] = [];
  const origins: string[] = [];
  const client = {
    storeLikeness: async ({ name }: Image) => {
      const found = likeness[name] ?? null;
      return found === null ? failure(unreadable) : success(found);
    },
    outerLayer: async ({ name }: Image) => success(layers[name] ?? ("none" as const)),
  };
  const session = { readSnapshot: ({ name }: Image) => void origins.push(name) };
  const navigation = {
    openFile: (image: Image, origin: Image | null = null) => {
      opened.push(origin === null ? image.name : `${image.name} over ${origin.name}`);
    },
    openFiles: (images: readonly Image[]) => {
      opened.push(images.map(({ name }) => name).join(" + "));
    },
    place: () => ({ subject: "" }) as Place,
  };
  const intake = new Intake(client, session, navigation);
  const take = (names: string[], use: "store" | "origin" = "store", folders: Folder[] = []) =>
    intake.take({ files: names.map((name) => new File(["x"], name)), folders, isText: false }, use);
  return { intake, take, opened, origins, words: () => intake.answer()?.words ?? "" };
}

const folder = (names: string[], more = false): Folder => ({
  name: "backup",
  read: async () => ({ images: names.map((name) => ({ blob: new Blob(["x"]), name })), more }),
});

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

  it("shows two stores together, and takes neither for an origin", async () => {
    const { take, opened, words } = intakeOf({ a: "magic", b: "magic", root: "other" });
    await take(["a", "b", "root"]);
    expect(opened).toEqual(["a + b + root"]);
    expect(words()).toBe("");
  });

  it("puts disks together, and an overlay with what it lies over", async () => {
    const { take, opened } = intakeOf(
      { pv0: "other", pv1: "unknown", base: "magic", overlay: "other" },
      { pv0: "table", pv1: "table", overlay: "format" },
    );
    await take(["pv0", "pv1"]);
    await take(["overlay", "base"]);
    expect(opened).toEqual(["pv0 + pv1", "overlay + base"]);
  });

  it("takes a whole disk for the origin of a bare store, as it always did", async () => {
    const { take, opened } = intakeOf({ cow: "magic", root: "other" }, { root: "table" });
    await take(["root", "cow"]);
    expect(opened).toEqual(["cow over root"]);
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
    await take([], "store", [folder([])]);
    expect(words()).toContain("backup: there is no file in it");
    await take(["beside"], "store", [folder(["backup/a", "backup/b"])]);
    expect(opened.splice(0)).toEqual(["beside + backup/a + backup/b"]);
    await take([], "store", [folder(["backup/a"], true)]);
    expect(opened.splice(0)).toEqual(["backup/a"]);
    expect(words()).toContain("more files in it than are looked at together");
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
