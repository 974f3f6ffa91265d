import { expect, test } from "vitest";
import { consecutive } from "./allocation.ts";
import { checkBytes } from "./check-bytes.ts";
import { buildStore } from "./store-builder.ts";

const chunkSectors = 8;
/** Its low 32 bits are an origin chunk that another exception has. */
const FAR = (1n << 32n) + 7n;

// The quick proof takes four entries at a time, and the rest one by one.
test.each([3, 4, 7, 8, 9])(
  "an old_chunk above 32 bits, in each of %i exceptions",
  async (count) => {
    for (let at = 1; at < count; at++) {
      const exceptions = consecutive(7n, count, chunkSectors).map((one, index) =>
        index === at ? { ...one, old: FAR } : one,
      );
      const bytes = buildStore({ chunkSectors, exceptions, cowSectors: 4096 });
      const { report } = await checkBytes(bytes, { tableChunk: 8, originSectors: 4096n });
      const found = report.findings.map(({ code, where, found }) => [code, where.index, found]);
      expect(found).toEqual([["exception.old.beyond-origin", String(at), String(FAR)]]);
    }
  },
);
