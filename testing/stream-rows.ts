import { expect } from "vitest";
import type { ContainerProblem, Opened, Unwrapped, Wrapper } from "../src/container/wrapper.ts";
import { diskFiles, diskRow } from "./disk-rows.ts";
import { openFirst, sha256Of } from "./handed-over.ts";

/** Opens bytes that it must recognise; no other file is there. */
export function openAlone(wrapper: Wrapper, bytes: Uint8Array, partial = false): Promise<Opened> {
  expect(isMatch(wrapper, bytes)).toBe(true);
  return openFirst(wrapper, [{ name: "disk.img", bytes }], partial);
}

/** What it makes of bytes that it must read. */
export async function unwrapped(
  wrapper: Wrapper,
  bytes: Uint8Array,
  partial = false,
): Promise<Unwrapped> {
  const opened = await openAlone(wrapper, bytes, partial);
  if (!opened.ok) throw new Error(opened.problem.message);
  return opened.value;
}

/** What it says of bytes that it must refuse. */
export async function refused(wrapper: Wrapper, bytes: Uint8Array): Promise<ContainerProblem> {
  const opened = await openAlone(wrapper, bytes);
  if (opened.ok) throw new Error("it was read");
  return opened.problem;
}

export function isMatch(wrapper: Wrapper, bytes: Uint8Array): boolean {
  const end = 64 << 10;
  return wrapper.matches(bytes.subarray(0, end), bytes.subarray(-end), bytes.length);
}

/** The only file of a row of fixtures/disks, as its tool wrote it. */
export function packedRow(id: string): Uint8Array {
  const [file] = diskFiles(diskRow(id));
  if (!file) throw new Error(`${id} has no file`);
  return file.bytes;
}

/** All bytes of it, at once. */
export async function allBytes({ source }: Unwrapped): Promise<Uint8Array> {
  return source.read([{ offset: 0, length: source.size }]);
}

/** Unwraps a row, and holds it to what the tool that wrote it gives back. */
export async function expectRow(wrapper: Wrapper, id: string): Promise<Unwrapped> {
  const [inner] = diskRow(id).inner ?? [];
  const value = await unwrapped(wrapper, packedRow(id));
  expect(value.source.size, id).toBe(inner?.bytes);
  expect(await sha256Of(value.source), id).toBe(inner?.sha256);
  return value;
}
