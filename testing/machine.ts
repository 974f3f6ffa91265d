import { readFileSync } from "node:fs";
import { findStores, type Machine } from "../src/container/find.ts";
import type { NamedSource } from "../src/container/looking.ts";
import { WRAPPERS } from "../src/container/wrappers.ts";
import { storeLikeness } from "../src/engine/check/store-likeness.ts";
import { BytesSource } from "../src/source/bytes-source.ts";
import { type DiskRow, diskFiles } from "./disk-rows.ts";

/** From the project, where every test and script of it runs. */
export const compiledCore = new WebAssembly.Module(readFileSync("build/core.wasm"));

/** Looked into as the command and the page do. */
export function machineOf(files: readonly NamedSource[], partial = false): Promise<Machine> {
  return findStores(files, {
    wrappers: WRAPPERS,
    partial,
    isStore: async (source) => {
      const likeness = await storeLikeness(compiledCore, source);
      return likeness === "magic" || likeness === "areas";
    },
  });
}

export function machineOfRow(row: DiskRow, partial = false): Promise<Machine> {
  const files = diskFiles(row).map(({ name, bytes }) => ({ name, source: new BytesSource(bytes) }));
  return machineOf(files, partial);
}
