import { execFileSync } from "node:child_process";
import { hasTools, UNPACKERS } from "../scripts/lib/tools.mjs";
import type { Rng } from "./random.ts";

/** Where CI is set they must be there: nothing is skipped. */
export const TOOLS_ARE_MISSING = !process.env.CI && !hasTools(UNPACKERS);
if (TOOLS_ARE_MISSING) {
  console.warn("SKIPPED: zstd, xz, lz4 or bzip2 is not installed (npm test installs them)");
}

/** What a command answers with on stdout to `input`; it is an error if it fails. */
export function piped(command: string, args: readonly string[], input: Uint8Array): Uint8Array {
  return execFileSync(command, [...args], { input, maxBuffer: 1 << 30, stdio: "pipe" });
}

/** Bytes as disks have them: noise, text, code-like bytes, zeros, repetition near and far. */
export function diskLike(rng: Rng, pieces: number): Buffer {
  const parts: Buffer[] = [];
  for (let i = 0; i < pieces; i++) {
    const length = rng.pick([1, 50, 4096, 40_000]);
    const kind = rng.below(5);
    if (kind === 0) parts.push(Buffer.alloc(length * 8));
    else if (kind === 1) parts.push(Buffer.from(Array.from({ length }, () => rng.below(256))));
    else if (kind === 2) parts.push(Buffer.from(Array.from({ length }, () => 97 + rng.below(4))));
    else if (kind === 3) parts.push(Buffer.alloc(length, `${rng.below(1000)} of many. `));
    else parts.push(parts[rng.below(parts.length)] ?? Buffer.of(7));
  }
  return Buffer.concat(parts);
}
