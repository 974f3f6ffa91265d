import { expect, test } from "vitest";
import type { FileEntry, FileList, OpenedFiles, ReadFile } from "../../protocol/files.ts";
import { type Result, success } from "../../protocol/problem.ts";
import { FilesRun } from "./files-run.ts";

const OPENED: OpenedFiles = {
  handle: 7n,
  fileSystem: { kind: "ext4", label: "", uuid: "", blockBytes: 1024, bytes: "8388608", notes: [] },
};

const file = (path: string, part: Partial<FileEntry> = {}): FileEntry => ({
  path,
  inode: "12",
  type: "file",
  mode: "0644",
  size: "3",
  uid: 0,
  gid: 0,
  links: 1,
  mtime: null,
  target: null,
  state: "whole",
  damage: [],
  moreDamage: false,
  ...part,
});

const list = (path: string): FileList => ({
  path,
  files: [file(`${path}/a`)],
  more: false,
  problems: [],
  moreProblems: false,
});

/** A run whose questions are answered when the test says so. */
function runUnderTest() {
  const answers: ((result: Result<never>) => void)[] = [];
  const asked: string[] = [];
  const given: { name: string; blob: Blob }[] = [];
  const waits = <T>(what: string): Promise<Result<T>> => {
    asked.push(what);
    return new Promise((resolve) => answers.push(resolve as (result: Result<never>) => void));
  };
  const reader = {
    openFiles: () => waits<OpenedFiles>("open"),
    listFiles: (_: bigint, path: string) => waits<FileList>(`list ${path}`),
    readFile: (_: bigint, path: string, partial: boolean) =>
      waits<ReadFile>(`read ${path}${partial ? " with zeros" : ""}`),
    stopFiles: () => void asked.push("stop"),
  };
  const run = new FilesRun(reader, { blob: null, name: "o" }, (name, blob) =>
    given.push({ name, blob }),
  );
  const answer = async (value: OpenedFiles | FileList | ReadFile) => {
    answers.shift()?.(success(value as never));
    await new Promise((resolve) => setTimeout(resolve));
  };
  return { run, asked, given, answer };
}

test("what was stopped changes nothing when its answer comes after all", async () => {
  const { run, asked, answer } = runUnderTest();
  void run.list("/");
  await answer(OPENED);
  await answer(list("/"));
  void run.list("/docs");
  expect(run.state().doing).toEqual({ what: "list", path: "/docs" });
  run.stop();
  await answer(list("/docs"));
  expect(run.state().list?.path).toBe("/");
  expect(run.state().said).toContain("docs was not listed");
  expect(asked).toEqual(["open", "list /", "list /docs", "stop"]);
  run.stop();
  expect(asked).toHaveLength(4);
});

test("a file is given under a name that a file can have, with its zeros said", async () => {
  const { run, asked, given, answer } = runUnderTest();
  void run.list("/");
  await answer(OPENED);
  await answer(list("/"));
  const damage = [{ part: "data", why: "unreadable", offset: "0", bytes: "2" }] as const;
  void run.save(file("/d/a\u0007\udc80:b", { state: "touched", damage: [...damage] }));
  await answer({ blob: new Blob(["abc"]), missing: 2 });
  expect(asked.at(-1)).toBe("read /d/a\u0007\udc80:b with zeros");
  expect(given.map(({ name }) => name)).toEqual(["a___b"]);
  expect(run.state().said).toContain("2 bytes of it cannot be read");
  void run.save(file("/.."));
  await answer({ blob: new Blob([]), missing: 0 });
  expect(asked.at(-1)).toBe("read /..");
  expect(given.at(-1)?.name).toBe("_");
});
