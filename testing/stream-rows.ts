import { expect } from "vitest";
import { openStream } from "../src/container/stream/open-stream.ts";
import type { StreamFormat } from "../src/container/stream/stream-format.ts";
import type { ContainerProblem, Opened, Unwrapped, Wrapper } from "../src/container/wrapper.ts";
import type { BlockSource } from "../src/source/block-source.ts";
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

/** What most rows unpack to. */
export const plainRow = (): Uint8Array => packedRow("wrap-base");

/** A number of 32 bits, lowest byte first. */
export function u32(value: number): Buffer<ArrayBuffer> {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value >>> 0);
  return bytes;
}

/** Opens a stream of which little is kept: most reads have to unpack again from a checkpoint. */
export async function openTight<Place>(
  format: StreamFormat<Place>,
  packed: BlockSource,
): Promise<Unwrapped> {
  const tight = { kept: 64 << 10, checkpoints: 8, cached: 192 << 10 };
  const opened = await openStream(format, packed, "x", { partial: false }, tight);
  if (!opened.ok) throw new Error(opened.problem.message);
  return opened.value;
}

/**
 * Holds a stream that ends too early to what was before it. @param flat all that the whole one
 * unpacks to. @returns what was read; null: nothing of it could be
 */
export async function expectCut(
  wrapper: Wrapper,
  cut: Uint8Array,
  flat: Uint8Array,
): Promise<Uint8Array | null> {
  const opened = await openAlone(wrapper, cut, true);
  if (!opened.ok) {
    expect(opened.problem.code).toBe(`${wrapper.kind}.cut`);
    return null;
  }
  expect(opened.value.problems.map(({ code }) => code)).toEqual([`${wrapper.kind}.cut`]);
  const bytes = await allBytes(opened.value);
  expect(Buffer.compare(bytes, flat.subarray(0, bytes.length)), `${cut.length} bytes`).toBe(0);
  return bytes;
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
