import { instantiate } from "../../build/core.js";

/** One instance of the compiled core: it serves one store, and goes away with it. */
export type Core = Awaited<ReturnType<typeof instantiate>>;

export async function makeCore(compiled: WebAssembly.Module): Promise<Core> {
  return instantiate(compiled, { env: {} });
}

/** Copies bytes into the core's memory at `pointer` (views die whenever that memory grows). */
export function putBytes(core: Core, pointer: number, bytes: Uint8Array): void {
  new Uint8Array(core.memory.buffer, pointer, bytes.length).set(bytes);
}

export function getBytes(core: Core, pointer: number, length: number): Uint8Array<ArrayBuffer> {
  return new Uint8Array(core.memory.buffer.slice(pointer, pointer + length) as ArrayBuffer);
}

/** What the core takes for "unknown", and gives for "none". */
export const NONE = 2n ** 64n - 1n;
