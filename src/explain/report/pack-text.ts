import type { PackKeeps, PackReport } from "../../protocol/pack.ts";
import { bytesWords, plural } from "../words.ts";

/** What is in a bundle and what is not, in words. @param out the bundle. @param hashed its names. */
export function packText(report: PackReport, out: string, hashed: boolean): string {
  const { ranges, facts, factsKeep, store } = report;
  const of = (what: string, list: readonly { what: string; length: number }[] = ranges) => {
    const found = list.filter((range) => range.what === what);
    const bytes = found.reduce((sum, { length }) => sum + length, 0);
    return { count: found.length, bytes: bytesWords(bytes) };
  };
  const [area, beyond, slack] = [of("area"), of("beyond"), of("slack")];
  const masked = of("slack", facts);
  const data = of("data", facts);
  const inside = [
    ...(of("header").count > 0 ? ["the 16 bytes of the header"] : []),
    ...(area.count > 0 ? [`${plural(area.count, "metadata area")}, ${area.bytes}`] : []),
    ...(beyond.count > 0 ? [`exceptions behind the end of the table, ${beyond.bytes}`] : []),
    ...(slack.count > 0 ? [`bytes that the kernel passes over, ${slack.bytes}`] : []),
    ...(masked.count > 0
      ? [
          `of ${masked.bytes} that the kernel passes over: exceptions, and which of the other bytes are zero${SLACK[factsKeep]}`,
        ]
      : []),
    ...(data.count > 0
      ? [`of ${data.bytes} of data chunks: which entries are zero${DATA[factsKeep]}`]
      : []),
  ];
  return [
    `${out}: ${report.bytes} bytes, a sparse qcow2 that every command opens like the image`,
    `In it, of a store of ${store.bytes} bytes:`,
    ...inside.map((line) => `  ${line}`),
    report.factsKeep === "exceptions" && data.count > 0
      ? "Not in it: other bytes of data chunks."
      : "Not in it: the bytes of data chunks.",
    hashed
      ? "Names are hashed. Whoever guesses a name can see that it is the right one."
      : "Names are in it as they are.",
    `Its report is the image's: ${store.verdict}.`,
    "",
  ].join("\n");
}

/** What is left besides which entries are zero. */
const SLACK: Record<PackKeeps, string> = {
  zeros: "",
  numbers: ", and chunk numbers",
  exceptions: ", and what reads as exceptions by another chunk size",
};
const DATA: Record<PackKeeps, string> = {
  zeros: "",
  numbers: "",
  exceptions:
    ", and what of them reads as exceptions by another chunk size, where the report needs it",
};
