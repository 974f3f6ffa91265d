import { readFileSync } from "node:fs";
import { checkToTheEnd } from "../src/engine/check/check.ts";
import { makeReport } from "../src/explain/report/report.ts";
import { type CheckOptions, DEFAULT_OPTIONS } from "../src/protocol/check.ts";
import type { Report } from "../src/protocol/report.ts";
import { BytesSource } from "../src/source/bytes-source.ts";

/** From the project, where every test and script of it runs. */
export const loadCore = () => WebAssembly.compile(readFileSync("build/core.wasm"));

const core = loadCore();

export interface Checked {
  report: Report;
  /** What the check read of the image. */
  read: { bytes: number; calls: number };
}

/** Checks bytes in memory as the command checks a file. */
export async function checkBytes(
  bytes: Uint8Array,
  options: Partial<CheckOptions> = {},
): Promise<Checked> {
  const source = new BytesSource(bytes);
  const { facts } = await checkToTheEnd(
    await core,
    source,
    { ...DEFAULT_OPTIONS, ...options },
    false,
  );
  return { report: makeReport("bytes", facts), read: source.counters };
}
