import { instantiate } from "../../build/core.js";

/** One instance of the compiled core: it serves one store, and goes away with it. */
export type Core = Awaited<ReturnType<typeof instantiate>>;

/** Bytes that WebAssembly can have at most; what a core may take where nothing else is said. */
export const MOST_MEMORY = 2n ** 32n;

/** @param memory bytes that it may take at most. */
export async function makeCore(compiled: WebAssembly.Module, memory = MOST_MEMORY): Promise<Core> {
  const core = await instantiate(compiled, { env: {} });
  core.limit_memory(memory);
  return core;
}

/** Copies bytes into the core's memory at `pointer` (views die whenever that memory grows). */
export function putBytes(core: Core, pointer: number, bytes: Uint8Array): void {
  new Uint8Array(core.memory.buffer, pointer, bytes.length).set(bytes);
}

/**
 * Copies bytes into the core's window, where the very next call may look at them: whoever waits
 * for something finds others' bytes there. @returns where that is.
 */
export function toWindow(core: Core, bytes: Uint8Array): number {
  if (bytes.length > core.WINDOW_BYTES.value) throw new Error("longer than the core's window");
  const window = core.window_pointer(bytes.length);
  putBytes(core, window, bytes);
  return window;
}

/** The row of a code table for a number of the core's. @throws where there is none: a fault. */
export function rowOf<T>(table: readonly T[], code: number): T {
  if (code < table.length) return table[code] as T;
  throw new Error(`the core's code ${code} has no row in a table of ${table.length}`);
}

export function getBytes(core: Core, pointer: number, length: number): Uint8Array<ArrayBuffer> {
  return new Uint8Array(core.memory.buffer.slice(pointer, pointer + length) as ArrayBuffer);
}

/** What the core takes for "unknown", and gives for "none". */
export const NONE = 2n ** 64n - 1n;
