import { once } from "node:events";
import { checkStore } from "../engine/check/check.ts";
import { dumpStore } from "../engine/dump/dump-store.ts";
import { dumpJson } from "../engine/dump/write-json.ts";
import { dumpXml } from "../engine/dump/write-xml.ts";
import { emptyImage, problemOf } from "../engine/problems.ts";
import { TableTooLarge } from "../engine/read/read-areas.ts";
import { makeReport } from "../explain/report/report.ts";
import { SourceError } from "../source/block-source.ts";
import { FileSource } from "../source/node/file-source.ts";
import { parseStoreOptions } from "./check-options.ts";
import { loadCore } from "./load-core.ts";
import { complain } from "./terminal.ts";
import { UsageError } from "./usage.ts";

const FORMATS = { xml: dumpXml, json: dumpJson } as const;

/** `cowscope dump`: header and exceptions as text on stdout. */
export async function dumpCommand(args: string[]): Promise<number> {
  const { operands, options, values } = parseStoreOptions(args, ["format"]);
  const [image, ...more] = operands;
  if (image === undefined || more.length > 0) throw new UsageError("name one image");
  const format = values.get("format") ?? "xml";
  if (format !== "xml" && format !== "json") {
    throw new UsageError(`--format takes xml or json, not “${format}”`);
  }
  let source: FileSource | null = null;
  try {
    source = FileSource.open(image);
    if (source.size === 0) return refuse(emptyImage(image));
    const hooks = { afterBatch: () => true };
    const checked = await checkStore(await loadCore(), source, options, true, hooks);
    if (!checked) throw new Error("a check that nobody cancelled was cancelled");
    const { facts, core, rowsKept } = checked;
    const { verdict } = makeReport(image, facts);
    if (verdict.id === "not-a-store") {
      complain(`cowscope dump: ${image}: ${verdict.title}. ${verdict.cause}`.replaceAll("**", ""));
      return 1;
    }
    if (!rowsKept) throw new TableTooLarge(facts.exceptions);
    for await (const text of FORMATS[format](dumpStore(core, source, facts))) {
      if (!process.stdout.write(text)) await once(process.stdout, "drain");
    }
    source.assertUnchanged();
    return 0;
  } catch (error) {
    if (!(error instanceof SourceError || error instanceof TableTooLarge)) throw error;
    return refuse(problemOf(error, image));
  } finally {
    source?.close();
  }
}

function refuse({ message, found, todo }: ReturnType<typeof emptyImage>): number {
  complain(`cowscope dump: ${message}${found ? ` (${found})` : ""}. ${todo}.`);
  return 1;
}
