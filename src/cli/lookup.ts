import { checkToTheEnd } from "../engine/check/check.ts";
import { findDamage } from "../engine/lookup/damage.ts";
import { lookUp } from "../engine/lookup/look-up.ts";
import { damageText } from "../explain/lookup/damage-words.ts";
import { makeReport } from "../explain/report/report.ts";
import { loadCore } from "./load-core.ts";
import { type LookupArguments, parseLookupArguments } from "./lookup-options.ts";
import { type OpenFiles, withFiles } from "./open-files.ts";
import { openStore } from "./opened-store.ts";
import { complain, printableLines } from "./terminal.ts";

/** `cowscope lookup`: what lies at a place of the origin or of the COW device, and what damage costs. */
export async function lookupCommand(args: string[]): Promise<number> {
  const parsed = parseLookupArguments(args);
  return withFiles(parsed.operands, (files) => lookup(files, parsed));
}

const goOn = (): boolean => true;

async function lookup(files: OpenFiles, parsed: LookupArguments): Promise<number> {
  const { asked, json } = parsed;
  const compiled = await loadCore();
  const { reportName: name, source: cow, options } = await openStore(files, compiled, parsed);
  const { facts, core, rowsKept } = await checkToTheEnd(compiled, cow, options, true);
  const { verdict } = makeReport(name, facts);
  if (verdict.id === "not-a-store") {
    complain(`cowscope lookup: ${name}: ${verdict.title}`.replaceAll("**", ""));
    return 1;
  }
  const store = { name, facts, cow, rows: rowsKept ? core : null };
  if (asked === "damage") {
    const report = await findDamage(compiled, store, goOn);
    if (!report) throw new Error("a lookup that nobody cancelled was cancelled");
    files.assertUnchanged();
    print(json, report, damageText(report));
    return report.damage.length > 0 || report.more ? 2 : 0;
  }
  const report = await lookUp(compiled, store, asked, goOn);
  if (!report) throw new Error("a lookup that nobody cancelled was cancelled");
  files.assertUnchanged();
  print(json, report, `${report.message}\n`);
  return 0;
}

function print(json: boolean, report: object, text: string): void {
  process.stdout.write(json ? `${JSON.stringify(report)}\n` : printableLines(text));
}
