import { describe, expect, it } from "vitest";
import type { Part } from "../../hex/field-map.ts";
import type { Finding } from "../../protocol/finding.ts";
import { fieldValue, findingFor, isNotLookedAt } from "./field-words.ts";

const part = (name: string, start = 0): Part => ({
  name,
  start,
  end: start + 4,
  tint: 0,
  entry: null,
});

const magicIsWrong: Finding = {
  code: "header.magic.wrong",
  severity: "fatal",
  message: "",
  where: { chunk: "0", area: null, index: null, offset: "0", length: 4 },
  expected: "",
  found: "",
};

describe("a header field", () => {
  it.each<[string, bigint, string]>([
    ["magic", 0x70416e53n, "0x70416e53 “SnAp”"],
    ["magic", 0n, "0x00000000 “····”"],
    ["chunk_size", 8n, "8 sectors (4 KiB)"],
    ["chunk_size", 1n, "1 sector (512 B)"],
    ["chunk_size", 0n, "0 sectors"],
    ["version", 1n, "1"],
  ])("%s %s reads %j", (name, value, words) => {
    expect(fieldValue(part(name), value)).toBe(words);
  });

  it("has the finding that points to its bytes", () => {
    expect(findingFor(part("magic"), [magicIsWrong])).toBe(magicIsWrong);
    expect(findingFor(part("valid", 4), [magicIsWrong])).toBeNull();
  });

  it("has the worst of several, and a fingerprint only for want of another", () => {
    const note = { ...magicIsWrong, severity: "note" } as const;
    const evidence = { ...magicIsWrong, code: "race.header.torn" } as const;
    expect(findingFor(part("magic"), [evidence, note, magicIsWrong])).toBe(magicIsWrong);
    expect(findingFor(part("magic"), [evidence, note])).toBe(note);
    expect(findingFor(part("magic"), [evidence])).toBe(evidence);
  });

  it("is not looked at behind a magic that is wrong", () => {
    expect(isNotLookedAt(part("version", 8), [magicIsWrong])).toBe(true);
    expect(isNotLookedAt(part("magic"), [magicIsWrong])).toBe(false);
    expect(isNotLookedAt(part("version", 8), [])).toBe(false);
  });
});
