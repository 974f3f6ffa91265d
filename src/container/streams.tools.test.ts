import { describe, expect, test } from "vitest";
import { diskLike, piped, TOOLS_ARE_MISSING } from "../../testing/packed-by-tools.ts";
import { seededRng } from "../../testing/random.ts";
import { BytesSource } from "../source/bytes-source.ts";
import { streams } from "./streams.ts";

const COMMANDS = {
  gzip: ["gzip", "-c"],
  zstd: ["zstd", "-q", "-19", "-c"],
  xz: ["xz", "--x86", "--lzma2", "-c"],
  bzip2: ["bzip2", "-c"],
  lz4: ["lz4", "-q", "-BX", "-c"],
  lzma: ["xz", "--format=lzma", "-c"],
} as const;

/** Other bytes in a few places, more of them in the header. */
function damaged(packed: Uint8Array, seed: number): Uint8Array {
  const rng = seededRng(seed);
  const bytes = packed.slice();
  for (let count = rng.between(1, 8); count > 0; count--) {
    const most = rng.chance(0.3) ? 60 : bytes.length;
    bytes[rng.below(Math.min(most, bytes.length))] = rng.below(256);
  }
  return bytes;
}

describe.skipIf(TOOLS_ARE_MISSING)("whatever the bytes say", () => {
  test.each(Object.entries(COMMANDS))(
    "a damaged %s is refused or read, and never as other bytes unsaid",
    async (_, [command, ...args]) => {
      const flat = diskLike(seededRng(5), 6);
      const packed = piped(command, args, flat);
      let refused = 0;
      for (let seed = 1; seed <= 60; seed++) {
        const bytes = damaged(packed, seed);
        const end = 64 << 10;
        const head = bytes.subarray(0, end);
        const wrapper = streams.find((one) =>
          one.matches(head, bytes.subarray(-end), bytes.length),
        );
        const partial = seed % 2 === 0;
        const opened = await wrapper?.open(new BytesSource(bytes), "x", {
          find: () => null,
          partial,
        });
        if (!opened?.ok) {
          refused += 1;
          continue;
        }
        const { source, problems } = opened.value;
        const read = await source.read([{ offset: 0, length: source.size }]);
        if (problems.length === 0) expect(flat.equals(read), `seed ${seed}`).toBe(true);
      }
      expect(refused).toBeGreaterThan(20);
    },
  );
});
