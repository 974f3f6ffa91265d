import { printable } from "../../protocol/printable.ts";
import { type Piece, piecesOf } from "../../protocol/rich-text.ts";
import { SEVERITY_WORDS } from "../verdict/severity.ts";
import type { Block, Section, Ticket } from "./ticket-parts.ts";

/** A ticket as GitHub Flavored Markdown. Names of files and volumes act as text, whatever they are. */
export function markdownOf({ title, about, sections }: Ticket): string {
  const parts = [`# ${plain(title)}`, ...about.map(plain)];
  if (sections.length > 1) parts.push(sections.map(contentsLine).join("\n"));
  return `${[...parts, ...sections.flatMap(sectionParts)].join("\n\n")}\n`;
}

const contentsLine = (section: Section, index: number): string =>
  `${index + 1}. [${headline(section)}](#report-${index + 1})`;

function sectionParts(section: Section, index: number, { length }: readonly Section[]): string[] {
  const anchor = length > 1 ? [`<a id="report-${index + 1}"></a>`] : [];
  return [...anchor, `## ${headline(section)}`, ...section.blocks.map(blockText)];
}

const headline = ({ name, severity, title }: Section): string =>
  `${code(name)}: ${SEVERITY_WORDS[severity]}: ${marked(title)}`;

function blockText(block: Block): string {
  switch (block.is) {
    case "heading":
      return `### ${plain(block.text)}`;
    case "text":
      return paragraph(block.lead, marked(block.text));
    case "unmarked":
      return paragraph(block.lead, plain(block.text));
    case "destroys":
      return `> **This destroys ${plain(block.text)}.**`;
    case "lines":
      return fenced(block.lines.map(printable));
    case "table":
      return [
        tableLine(block.head.map(plain)),
        tableLine(block.head.map(() => "---")),
        ...block.rows.map((row) => tableLine(row.map((cell) => cell.map(inTable).join("<br>")))),
      ].join("\n");
  }
}

const paragraph = (lead: string, text: string): string =>
  lead === "" ? atStart(text) : `**${plain(lead)}** ${text}`;

const tableLine = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;

/** A bar ends a cell even inside of code: there, too, it stands behind a backslash. */
const inTable = (text: string): string =>
  piecesOf(text)
    .map((piece) =>
      piece.kind === "code" ? code(piece.text).replaceAll("|", "\\|") : inline(piece),
    )
    .join("");

const marked = (text: string): string => piecesOf(text).map(inline).join("");

function inline({ kind, text }: Piece): string {
  if (kind === "cause") return `**${plain(text)}**`;
  return kind === "code" ? code(text) : plain(text);
}

/** Everything that Markdown, or the HTML in it, could take for more than a letter. */
const plain = (text: string): string =>
  printable(text)
    .replace(/[\\`*_[\]|~$!@]/g, "\\$&")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;");

/** A paragraph that begins like a list, a heading or an underline is still one. */
const atStart = (text: string): string =>
  text.replace(/^[-+#=]/, "\\$&").replace(/^(\d+)([.)])/, "$1\\$2");

/** Inside a fence of more backticks than stand in it. */
function code(text: string): string {
  const shown = printable(text);
  const fence = "`".repeat(longestRun(shown) + 1);
  const space = /^`|`$|^ .* $/.test(shown) ? " " : "";
  return fence + space + shown + space + fence;
}

function fenced(lines: readonly string[]): string {
  const fence = "`".repeat(Math.max(3, ...lines.map((line) => longestRun(line) + 1)));
  return [fence, ...lines, fence].join("\n");
}

const longestRun = (text: string): number =>
  Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length));
