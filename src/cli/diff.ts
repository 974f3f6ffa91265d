import { basename } from "node:path";
import { checkStore } from "../engine/check/check.ts";
import { diffStores, type Side } from "../engine/diff/diff-stores.ts";
import { emptyImage, problemOf } from "../engine/problems.ts";
import { TableTooLarge } from "../engine/read/read-areas.ts";
import { diffText } from "../explain/report/diff-text.ts";
import { makeReport } from "../explain/report/report.ts";
import type { CheckOptions } from "../protocol/check.ts";
import { SourceError } from "../source/block-source.ts";
import { FileSource } from "../source/node/file-source.ts";
import { parseStoreOptions } from "./check-options.ts";
import { loadCore } from "./load-core.ts";
import { complain, printable } from "./terminal.ts";
import { UsageError } from "./usage.ts";

/** As diff(1) has it. */
const EXIT = { same: 0, different: 1, trouble: 2 } as const;

/** `cowscope diff A B`: two stores compared by mapping. */
export async function diffCommand(args: string[]): Promise<number> {
  try {
    const { operands, options, json } = parseStoreOptions(args, []);
    const [a, b, ...more] = operands;
    if (a === undefined || b === undefined || more.length > 0) {
      throw new UsageError("name two images");
    }
    const compiled = await loadCore();
    const left = await load(compiled, a, options);
    const right = left && (await load(compiled, b, options));
    if (!left || !right) return EXIT.trouble;
    const report = diffStores(left, right);
    const text = json ? JSON.stringify(report) : printableLines(diffText(report));
    process.stdout.write(json ? `${text}\n` : text);
    return report.same ? EXIT.same : EXIT.different;
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    complain(`cowscope diff: ${error.message}`);
    return EXIT.trouble;
  }
}

/** @returns null where it cannot be had; one sentence stands on stderr then. */
async function load(
  compiled: WebAssembly.Module,
  path: string,
  options: CheckOptions,
): Promise<Side | null> {
  let source: FileSource | null = null;
  try {
    source = FileSource.open(path);
    if (source.size === 0) return refuse(emptyImage(path));
    const hooks = { afterBatch: () => true };
    const checked = await checkStore(compiled, source, options, true, hooks);
    source.assertUnchanged();
    if (!checked) throw new Error("a check that nobody cancelled was cancelled");
    const { verdict } = makeReport(path, checked.facts);
    if (verdict.id === "not-a-store") {
      complain(`cowscope diff: ${path}: ${verdict.title}. ${verdict.cause}`.replaceAll("**", ""));
      return null;
    }
    if (!checked.rowsKept) throw new TableTooLarge(checked.facts.exceptions);
    return { name: basename(path), checked };
  } catch (error) {
    if (!(error instanceof SourceError || error instanceof TableTooLarge)) throw error;
    return refuse(problemOf(error, path));
  } finally {
    source?.close();
  }
}

function refuse({ message, found, todo }: ReturnType<typeof emptyImage>): null {
  complain(`cowscope diff: ${message}${found ? ` (${found})` : ""}. ${todo}.`);
  return null;
}

const printableLines = (text: string): string => text.split("\n").map(printable).join("\n");
