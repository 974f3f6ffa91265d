import { describe, expect, test } from "vitest";
import { kernelRows } from "../src/explain/kernel/kernel-rows.ts";
import { KERNEL_AGES } from "../src/protocol/kernel-ages.ts";
import type { Report } from "../src/protocol/report.ts";
import { checkBytes } from "./check-bytes.ts";
import { FIXTURES, fixtureBytes } from "./fixtures.ts";

/** Title, cause, action, findings and kernel rows of one report, held against one another by rule. */
function contradictions(report: Report): string[] {
  const { verdict, findings, kernel } = report;
  const { title, cause, action, steps } = verdict;
  const codes = findings.map(({ code }) => code);
  const headerRaced = codes.some((code) => code.startsWith("race.header."));
  const headerWrong = headerRaced || codes.includes("header.chunk-size.contradicted");
  const worst = (severity: string) => findings.some((finding) => finding.severity === severity);
  const typed = steps.flatMap(({ commands }) => commands);
  const removes = typed.findIndex((command) => /lvremove|truncate|conv=notrunc'?$/.test(command));
  const text = [
    ...[title, cause, action],
    ...findings.flatMap(({ message, expected, found }) => [message, expected, found]),
    ...steps.map(({ destroys }) => destroys ?? ""),
    kernel.merge.message,
  ].join("\n");
  const words = text.replace(/`[^`]*`/g, "");
  const rules: [string, boolean][] = [
    [
      "a title that crashes needs a row that does",
      /crash/.test(title) && !rowSays(report, "crashes"),
    ],
    [
      "where a kernel crashes, trying again is not told to be harmless",
      /Trying again does not/.test(action) && rowSays(report, "crashes"),
    ],
    [
      "a title that has the others refuse needs no row that starts it",
      /others refuse it$/.test(title) &&
        (rowSays(report, "starts, invalid") || rowSays(report, "activates")),
    ],
    [
      "what is refused is no snapshot whose reads fail",
      /reads? of it fails/.test(title) && !kernel.activates,
    ],
    [
      "no mapped device is read where there is none",
      typed.some((command) => command.includes("if=/dev/mapper")) && !kernel.activates,
    ],
    [
      "what writes is not only refused",
      /refuses/.test(title) && !/overwrites/.test(title) && kernel.writes.length > 0,
    ],
    ["what activates is not refused", /refuses|cannot read/.test(title) && kernel.activates],
    ["what does not activate is not said to", /activates/.test(title) && !kernel.activates],
    ["the device's end is not blamed for the header", /ends too early/.test(title) && headerWrong],
    [
      "no second copy is asked for where the header is wrong",
      /again\. Under/.test(action) && headerWrong,
    ],
    ["no area is added where the header is wrong", /truncate/.test(action) && headerWrong],
    [
      "what does not activate does not merge",
      !kernel.activates && ["merges", "fails", "invalid"].includes(kernel.merge.outcome),
    ],
    [
      "what is invalid merges nothing, and what merges is valid",
      (kernel.status === "Invalid") !== (kernel.merge.outcome === "invalid") &&
        kernel.merge.outcome !== "unsupported",
    ],
    [
      "what is formatted is not merged",
      kernel.merge.outcome === "merges" &&
        (kernel.writes.length > 0 !== /formats/.test(kernel.merge.message) ||
          (kernel.writes.length > 0 && kernel.merge.exceptions?.merged !== "0")),
    ],
    ["a healthy store merges", verdict.id === "healthy" && kernel.merge.outcome === "fails"],
    [
      "what fails to merge has a finding that says why",
      kernel.merge.outcome === "fails" &&
        !codes.some((code) => code.startsWith("exception.") || code.startsWith("race.area.")),
    ],
    ["nothing bad is harmless", /harmless/.test(title) && (worst("problem") || worst("fatal"))],
    ["nothing fatal is only damage", ["damaged", "full"].includes(verdict.id) && worst("fatal")],
    [
      "what removes comes behind a copy",
      removes >= 0 && !/dd if=/.test(typed.slice(0, removes).join()),
    ],
    [
      "no resize is blamed beside another cause",
      codes.includes("store.cut-by-resize") && headerWrong,
    ],
    ["no placeholder is left", /undefined|NaN|\bnull\b|\[object/.test(text)],
    [
      "one is not many",
      /(?<![\d.,])\b1 (sectors|bytes|chunks|entries|exceptions|areas)\b/.test(text),
    ],
    ["no flag stands in a sentence", /--[a-z]/.test(words)],
    ["no button stands in a sentence", /\bOptions\b|Check again|button/.test(words)],
    ["sentences end once", /\.\.(?!\.)|\. \.|\*{4}|, ,/.test(title + cause + action)],
  ];
  return rules.filter(([, broken]) => broken).map(([rule]) => rule);
}

const rowSays = (report: Report, word: string): boolean =>
  kernelRows(report).some((row) => row.word === word);

const origin = (sectors: string | null) => (sectors === null ? null : BigInt(sectors));

describe("title, cause, action and rows", () => {
  test.each(FIXTURES.map((fixture) => [fixture.id, fixture] as const))(
    "of %s",
    async (_, fixture) => {
      const bytes = fixtureBytes(fixture);
      const originSectors = origin(
        fixture.originSectors === null ? null : String(fixture.originSectors),
      );
      const tables = fixture.source === "damaged" ? [null] : [null, 0, 7, 8];
      const kernels = fixture.source === "damaged" ? [] : KERNEL_AGES.map(({ id }) => id);
      const asked = [
        ...tables.map((tableChunk) => ({ tableChunk, originSectors })),
        ...kernels.map((kernel) => ({ kernel, originSectors })),
      ];
      for (const options of asked) {
        const { report } = await checkBytes(bytes, options);
        expect(contradictions(report), JSON.stringify({ ...options, originSectors: null })).toEqual(
          [],
        );
      }
    },
  );
});
