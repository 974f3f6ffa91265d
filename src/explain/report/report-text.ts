import type { Finding, Severity } from "../../protocol/finding.ts";
import type { AdviceStep, Report } from "../../protocol/report.ts";
import { askedKernelWords } from "../kernel/asked-kernel.ts";
import { mergeWord } from "../kernel/merge-words.ts";
import { RANK, SEVERITY_WORDS, worst } from "../verdict/severity.ts";
import { bytesWords, chunkSizeWords, percent, plural } from "../words.ts";
import { wrapped } from "../wrapped.ts";
import { TABLE_CHUNK_FROM_WORDS } from "./table-chunk-words.ts";

const COLOURS: Record<Severity, string> = { ok: "32", note: "34", problem: "33", fatal: "31" };

type Paint = (text: string, code: string) => string;

/** The report for people: the verdict first, then why, what to do, what the kernel says, findings. */
export function reportText(report: Report, colour: boolean): string {
  const paint: Paint = (text, code) => (colour ? `\x1b[${code}m${text}\x1b[0m` : text);
  const { verdict } = report;
  const tag = paint(SEVERITY_WORDS[verdict.severity], `1;${COLOURS[verdict.severity]}`);
  return [
    `${paint(report.image.name, "1")}: ${tag}: ${paint(verdict.title, "1")}`,
    "",
    ...wrapped("  ", marked(verdict.cause, paint)),
    ...verdict.steps.flatMap((step) => stepLines(step, paint)),
    "",
    ...kernelLines(report, paint),
    ...mergeLines(report, paint),
    ...storeLines(report),
    ...findingLines(report, paint),
    "",
    "",
  ].join("\n");
}

/** What to do, what it destroys, what to type: in this order. */
function stepLines({ text, destroys, commands, by }: AdviceStep, paint: Paint): string[] {
  const own = by === undefined ? [] : [`cowscope ${by} IMAGE`];
  return [
    ...wrapped("  ", marked(text, paint)),
    ...(destroys === null ? [] : wrapped("  ", `${paint("This destroys", "1;31")} ${destroys}.`)),
    ...[...own, ...commands].map((command) => `    ${paint(command, "36")}`),
  ];
}

function kernelLines({ kernel, options, findings }: Report, paint: Paint): string[] {
  const outcome = kernel.crash
    ? paint(`crashes: ${kernel.crash}`, "1;31")
    : kernel.activates
      ? `activates, status “${kernel.status}”${statusWords(kernel.status, findings)}`
      : `${kernel.writes.length > 0 ? `${paint("overwrites", "1;31")} the store, then refuses` : "refuses"}: ${kernel.dmsetup}`;
  return [
    `  kernel ${askedKernelWords(options.kernel)}, table chunk ${options.tableChunk} (${TABLE_CHUNK_FROM_WORDS[options.tableChunkFrom]}): ${outcome}`,
    ...kernel.dmesg.map((line) => `    ${paint(line, "2")}`),
    ...kernel.writes.map(
      ({ sector, sectors, what }) =>
        `    ${paint("writes", "1;31")} ${what}: ${plural(BigInt(sectors), "sector")} from sector ${sector}`,
    ),
  ];
}

/** What merging would do, and what the kernel prints beside the lines of activation. */
function mergeLines({ kernel: { merge, dmesg } }: Report, paint: Paint): string[] {
  const { word, severity } = mergeWord(merge);
  const tag = severity === "ok" ? word : paint(word, `1;${COLOURS[severity]}`);
  const own = merge.outcome === "refused" ? [] : merge.dmesg.slice(dmesg.length);
  return [
    ...wrapped("  ", `merging it into its origin: ${tag}. ${merge.message}`),
    ...own.map((line) => `    ${paint(line, "2")}`),
  ];
}

/**
 * snapshot_status(): sectors in use of all; nothing where it is a word. More than all is right where
 * the device was cut; else persistent_usage() has multiplied what no kernel wrote.
 */
function statusWords(status: string | null, findings: readonly Finding[]): string {
  const [, used, all] = /^(\d+)\/(\d+)/.exec(status ?? "") ?? [];
  if (used === undefined || all === undefined) return "";
  const cut = findings.some(({ code }) => code === "store.truncated");
  if (BigInt(used) > BigInt(all) && !cut) return ": nonsense, because the table is";
  return `: ${used} of ${all} sectors used (${percent(BigInt(used), BigInt(all))}, Data% in lvs)`;
}

function storeLines({ image, chunkSize, areas, exceptions }: Report): string[] {
  const size = `${bytesWords(BigInt(image.bytes))} (${image.sectors} sectors)`;
  const chunk = `chunks of ${chunkSizeWords(chunkSize.sectors)} (${chunkSize.from})`;
  const table = `${plural(BigInt(exceptions.count), "exception")} in ${plural(areas.read, "area")}`;
  return [`  store   ${size}, ${chunk}, ${table}`];
}

/** Findings of one code that are printed one by one; the rest are counted. */
const MOST_OF_A_CODE = 5;

function findingLines({ findings, findingCounts }: Report, paint: Paint): string[] {
  const lines: string[] = [];
  const rank = (code: string): number =>
    RANK.indexOf(worst(findings.filter((finding) => finding.code === code)));
  const codes = Object.entries(findingCounts).sort(([a], [b]) => rank(b) - rank(a));
  for (const [code, count] of codes) {
    const listed = findings.filter((finding) => finding.code === code).slice(0, MOST_OF_A_CODE);
    for (const finding of listed) {
      const word = paint(SEVERITY_WORDS[finding.severity].padEnd(7), COLOURS[finding.severity]);
      lines.push(`  ${word} ${code.padEnd(30)} ${place(finding)}${finding.message}`);
    }
    const more = BigInt(count) - BigInt(listed.length);
    if (more > 0n) lines.push(`          ${code.padEnd(30)} … and ${more} more`);
  }
  return lines.length > 0 ? ["", ...lines] : [];
}

function place({ where }: Finding): string {
  if (where.offset === null) return "";
  const at = `0x${BigInt(where.offset).toString(16)}`;
  return where.area === null || where.index === null
    ? `at ${at}: `
    : `area ${where.area} entry ${where.index}, ${at}: `;
}

function marked(text: string, paint: Paint): string {
  return text
    .replace(/\*\*(.+?)\*\*/g, (_, words: string) => paint(words, "1"))
    .replace(/`(.+?)`/g, (_, code: string) => paint(code, "36"));
}
