import type { StoreCheck } from "../../client/store-checks.ts";
import { problemLine, reportLine } from "../../explain/report/report.ts";
import type { Told } from "../../explain/ticket/ticket.ts";
import { writeTicket } from "../../explain/ticket/write-ticket.ts";
import { imageName } from "../../protocol/found-store.ts";
import type { FoundStore, MachineTree } from "../../protocol/machine.ts";

type Checks = ReadonlyMap<number, StoreCheck>;

/** A line for every store that was read: byte for byte what `cowscope check --json` prints of it. */
export function verdictsNdjson({ stores }: MachineTree, checks: Checks): string {
  return stores.map((store) => lineOf(store, checks.get(store.node))).join("");
}

/** One document of all of them: byte for byte what `cowscope check --format html` prints. */
export function verdictsHtml({ stores }: MachineTree, checks: Checks): string {
  const told = stores.flatMap((store): Told[] => {
    const check = checks.get(store.node);
    if (check?.at === "checked") return [check.report];
    return check?.at === "problem"
      ? [{ image: { name: imageName(store) }, problem: check.problem }]
      : [];
  });
  return writeTicket(told, "html");
}

function lineOf(store: FoundStore, check: StoreCheck | undefined): string {
  if (check?.at === "checked") return reportLine(check.report);
  return check?.at === "problem" ? problemLine(imageName(store), check.problem) : "";
}

const COLUMNS = [
  "name",
  "verdict",
  "severity",
  "title",
  "bytes",
  "chunk_sectors",
  "exceptions",
  "origin",
  "complete",
  "problem",
];

/** The same as a table for a spreadsheet, RFC 4180. */
export function verdictsCsv({ stores }: MachineTree, checks: Checks): string {
  const rows = stores.map((store) => cellsOf(store, checks.get(store.node)));
  return [COLUMNS, ...rows].map((cells) => `${cells.map(cell).join(",")}\r\n`).join("");
}

function cellsOf(store: FoundStore, check: StoreCheck | undefined): string[] {
  const report = check?.at === "checked" ? check.report : null;
  return [
    imageName(store),
    report?.verdict.id ?? "",
    report?.verdict.severity ?? "",
    report?.verdict.title.replaceAll("**", "") ?? "",
    String(store.bytes),
    report ? String(report.chunkSize.sectors) : "",
    report?.exceptions.count ?? "",
    store.origin?.name ?? "",
    String(store.complete),
    check?.at === "problem" ? check.problem.message : "",
  ];
}

/** A spreadsheet takes what begins so for a formula, and a name may be anything. */
const FORMULA = /^[=+\-@\t\r]/;

function cell(text: string): string {
  const plain = FORMULA.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}
