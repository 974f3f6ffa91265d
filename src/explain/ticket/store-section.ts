import type { AdviceStep, Report } from "../../protocol/report.ts";
import { findingInFull } from "../findings/in-full.ts";
import { placeInWords } from "../findings/place-words.ts";
import { worstFirst } from "../findings/worst-first.ts";
import { askedKernelWords } from "../kernel/asked-kernel.ts";
import { linesOf } from "../kernel/kernel-lines.ts";
import { kernelRows } from "../kernel/kernel-rows.ts";
import { mergeWord } from "../kernel/merge-words.ts";
import { TABLE_CHUNK_FROM_WORDS } from "../report/table-chunk-words.ts";
import { SEVERITY_WORDS } from "../verdict/severity.ts";
import { bytesWords, chunkSizeWords, plural } from "../words.ts";
import type { Block, Row, Section } from "./ticket-parts.ts";

/** What a report says, in the order in which the page shows it. */
export function storeSection(report: Report): Section {
  const { verdict, image } = report;
  // What is no store may be anything: its first bytes, which are no header, are nobody's business.
  const isStore = verdict.id !== "not-a-store";
  return {
    name: image.name,
    severity: verdict.severity,
    title: verdict.title,
    blocks: [
      { is: "text", lead: "Why.", text: verdict.cause },
      ...verdict.steps.flatMap(stepBlocks),
      ...(isStore
        ? [...kernelBlocks(report), ...storeBlocks(report), ...findingBlocks(report)]
        : []),
    ],
  };
}

function stepBlocks(
  { text, destroys, commands }: AdviceStep,
  index: number,
  { length }: readonly AdviceStep[],
): Block[] {
  const lead = index === 0 ? "What to do." : `Step ${index + 1} of ${length}.`;
  return [
    { is: "text", lead, text },
    ...(destroys === null ? [] : [{ is: "destroys", text: destroys } as const]),
    ...(commands.length === 0 ? [] : [{ is: "lines", lines: commands } as const]),
  ];
}

/** What each age of kernels does, and all that the one asked about prints. */
function kernelBlocks(report: Report): Block[] {
  const { kernel, options } = report;
  const rows = kernelRows(report).map((row): Row => {
    const name = row.aside === null ? row.kernels : `${row.kernels} (${row.aside})`;
    return [[row.asked ? `**${name}**` : name], [row.word], row.gist.map(asCode)];
  });
  const { word } = mergeWord(kernel.merge);
  const printed = linesOf(kernel).flatMap(({ from, texts }) =>
    texts.map((text) => `${from}: ${text}`),
  );
  return [
    { is: "heading", text: "What the kernel does with it" },
    { is: "table", head: ["Kernel", "On activation", "It prints"], rows },
    { is: "text", lead: "Merging it into its origin:", text: `${word}. ${kernel.merge.message}` },
    { is: "text", lead: "All that is printed by", text: `${askedKernelWords(options.kernel)}:` },
    { is: "lines", lines: printed },
  ];
}

function storeBlocks({ image, options, header, chunkSize, areas, exceptions }: Report): Block[] {
  const { tableChunk, tableChunkFrom, originSectors, blockSize } = options;
  const rows: (readonly [string, string])[] = [
    ["Size", `${bytesWords(BigInt(image.bytes))}, ${plural(BigInt(image.sectors), "sector")}`],
    ["Header", header === null ? "too short for one" : headerWords(header)],
    ["Chunk size", `${chunkSizeWords(chunkSize.sectors)} (${chunkSize.from})`],
    ["Table line’s chunk size", `${tableChunk} (${TABLE_CHUNK_FROM_WORDS[tableChunkFrom]})`],
    ["Block size", `${blockSize} bytes`],
    ["Origin", originSectors === null ? "size not known" : plural(BigInt(originSectors), "sector")],
    [
      "Metadata areas",
      `${areas.read} read, ${areas.full} full, ${areas.exceptionsPerArea} entries`,
    ],
    ["Exceptions", exceptions.count],
  ];
  return [
    { is: "heading", text: "The store" },
    { is: "table", head: ["What", "Value"], rows: rows.map(([name, value]) => [[name], [value]]) },
  ];
}

const headerWords = (header: NonNullable<Report["header"]>): string =>
  `magic \`0x${header.magic.toString(16)}\`, valid ${header.valid}, version ${header.version}, \`chunk_size\` ${header.chunkSize}`;

function findingBlocks({ findings, findingCounts, chunkSize }: Report): Block[] {
  const heading: Block = { is: "heading", text: "Findings" };
  if (findings.length === 0) return [heading, { is: "text", lead: "", text: "None." }];
  const rows = worstFirst(findings).map((finding): Row => {
    const place = placeInWords(finding, chunkSize.sectors * 512);
    const { severity, code } = finding;
    return [[SEVERITY_WORDS[severity]], [asCode(code)], [place], [findingInFull(finding)]];
  });
  const unlisted = Object.entries(findingCounts).flatMap(([code, count]) => {
    const more = BigInt(count) - BigInt(findings.filter((one) => one.code === code).length);
    return more > 0n ? [`${more} more of ${asCode(code)}`] : [];
  });
  return [
    heading,
    { is: "table", head: ["Severity", "Code", "Where", "What is wrong"], rows },
    ...(unlisted.length === 0
      ? []
      : [{ is: "text", lead: "Not listed:", text: `${unlisted.join(", ")}.` } as const]),
  ];
}

/** What kernels print holds no backtick. */
const asCode = (text: string): string => `\`${text}\``;
