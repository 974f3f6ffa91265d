import { printable } from "../../protocol/printable.ts";
import { type Piece, piecesOf } from "../../protocol/rich-text.ts";
import { SEVERITY_WORDS } from "../verdict/severity.ts";
import { STYLE } from "./html-style.ts";
import type { Block, Section, Ticket } from "./ticket-parts.ts";

/** Nothing is loaded and nothing runs, whatever a name holds. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'";

/** A ticket as one HTML file: no script, nothing beside it; for a screen of either colour and paper. */
export function htmlOf({ title, about, sections }: Ticket): string {
  const [only] = sections;
  const name = sections.length === 1 && only ? `${only.name}: ${title}` : title;
  return `${[
    "<!doctype html>",
    '<html lang="en">',
    "<head>",
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${POLICY}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="color-scheme" content="light dark">',
    `<title>${plain(name)}</title>`,
    `<style>${STYLE}</style>`,
    "</head>",
    "<body>",
    "<header>",
    `<h1>${plain(title)}</h1>`,
    ...about.map((text) => `<p class="about">${plain(text)}</p>`),
    "</header>",
    ...(sections.length > 1 ? contents(sections) : []),
    "<main>",
    ...sections.flatMap(section),
    "</main>",
    "</body>",
    "</html>",
  ].join("\n")}\n`;
}

const contents = (sections: readonly Section[]): string[] => [
  '<nav aria-label="Contents">',
  "<ol>",
  ...sections.map(
    (one, index) =>
      `<li class="${one.severity}"><a href="#report-${index + 1}">${headline(one)}</a></li>`,
  ),
  "</ol>",
  "</nav>",
];

const section = (one: Section, index: number): string[] => [
  `<section id="report-${index + 1}" class="${one.severity}">`,
  `<h2>${headline(one)}</h2>`,
  ...one.blocks.map(block),
  "</section>",
];

const headline = ({ name, severity, title }: Section): string =>
  `<code>${plain(name)}</code> <span class="severity">${SEVERITY_WORDS[severity]}</span> ${marked(title)}`;

function block(one: Block): string {
  switch (one.is) {
    case "heading":
      return `<h3>${plain(one.text)}</h3>`;
    case "text":
      return paragraph(one.lead, marked(one.text));
    case "unmarked":
      return paragraph(one.lead, plain(one.text));
    case "destroys":
      return `<p class="destroys">This destroys ${plain(one.text)}.</p>`;
    case "lines":
      return `<pre>${one.lines.map(plain).join("\n")}</pre>`;
    case "table":
      return table(one);
  }
}

const paragraph = (lead: string, text: string): string =>
  `<p>${lead === "" ? "" : `<b>${plain(lead)}</b> `}${text}</p>`;

function table({ head, rows }: Extract<Block, { is: "table" }>): string {
  const cells = (row: readonly (readonly string[])[]) =>
    row.map((cell) => `<td>${cell.map(marked).join("<br>")}</td>`).join("");
  return [
    '<div class="wide"><table>',
    `<thead><tr>${head.map((name) => `<th scope="col">${plain(name)}</th>`).join("")}</tr></thead>`,
    "<tbody>",
    ...rows.map((row) => `<tr>${cells(row)}</tr>`),
    "</tbody>",
    "</table></div>",
  ].join("\n");
}

const marked = (text: string): string => piecesOf(text).map(inline).join("");

function inline({ kind, text }: Piece): string {
  if (kind === "cause") return `<strong>${plain(text)}</strong>`;
  return kind === "code" ? `<code>${plain(text)}</code>` : plain(text);
}

const ENTITIES: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

const plain = (text: string): string =>
  printable(text).replace(/[&<>"']/g, (one) => ENTITIES[one] ?? "");
