import { once } from "node:events";
import { planRescue } from "../engine/rescue/plan-rescue.ts";
import type { Rescued } from "../engine/rescue/rescue-map.ts";
import { rescueReport } from "../engine/rescue/rescue-report.ts";
import { writeRescue } from "../engine/rescue/write-rescue.ts";
import { rescueMapfile } from "../explain/rescue/rescue-mapfile.ts";
import { rescueText } from "../explain/rescue/rescue-text.ts";
import type { RescueReport } from "../protocol/rescue.ts";
import { FileSink } from "../source/node/file-sink.ts";
import { parseStoreOptions } from "./check-options.ts";
import { expectData } from "./found-store.ts";
import { ImageError } from "./image-problem.ts";
import { loadCore } from "./load-core.ts";
import { type OpenFiles, withFiles } from "./open-files.ts";
import { type OpenedStore, openStore } from "./opened-store.ts";
import { writingTo } from "./out-file.ts";
import { complain, printableLines } from "./terminal.ts";
import { UsageError } from "./usage.ts";

/** `cowscope rescue`: what the exceptions still hold of the origin, as an image and as ranges. */
export async function rescueCommand(args: string[]): Promise<number> {
  const { operands, values, json, ...wanted } = parseStoreOptions(args, [
    "format",
    "out",
    "mapfile",
  ]);
  if (operands.length === 0) throw new UsageError("name an image");
  const format = formatOf(values.get("format"), json);
  const out = values.get("out") ?? null;
  if (out === "") throw new UsageError("--out needs a value");
  const told = withFiles(
    operands,
    async (files) => {
      const compiled = await loadCore();
      const store = await openStore(files, compiled, wanted);
      if (store.found) expectData(store.found.store);
      const { reportName, source, options } = store;
      const planned = await planRescue(compiled, reportName, source, options, () => true);
      if (!planned.ok) throw new ImageError(planned.problem);
      files.assertUnchanged();
      const report = rescueReport(reportName, planned.value);
      // The risk is said before anything is written.
      for (const text of FORMATS[format](report)) {
        if (!process.stdout.write(text)) await once(process.stdout, "drain");
      }
      if (out !== null) await write(out, files, store, planned.value, report);
      return codeOf(report);
    },
    wanted.mapfile,
  );
  return out === null ? told : writingTo(out, told);
}

const FORMATS = {
  text: (report: RescueReport) => [printableLines(rescueText(report))],
  json: (report: RescueReport) => [`${JSON.stringify(report)}\n`],
  mapfile,
};

/** @throws UsageError */
function formatOf(text: string | undefined, json: boolean): keyof typeof FORMATS {
  if (text === undefined) return json ? "json" : "text";
  if (text !== "text" && text !== "json" && text !== "mapfile") {
    throw new UsageError(`--format takes text, json or mapfile, not “${text}”`);
  }
  if (json && text !== "json") throw new UsageError(`--json does not go with --format ${text}`);
  return text;
}

/** Of the image that --out writes. @throws UsageError */
function mapfile(report: RescueReport): Iterable<string> {
  if (report.unlisted === "0") return rescueMapfile(report);
  throw new UsageError(`a mapfile of so many ranges is not written: ${report.unlisted} too many`);
}

async function write(
  out: string,
  files: OpenFiles,
  { source }: OpenedStore,
  rescued: Rescued,
  report: RescueReport,
): Promise<void> {
  const sink = FileSink.open(out, files.inputs);
  await writeRescue(source, rescued, Number(report.origin.bytes), sink);
  complain(
    `cowscope rescue: ${out} holds zeros wherever nothing is known: keep the list of ranges beside it, which alone tells them apart.`,
  );
}

/** 0: every exception is known; 2: of some chunks it is not certain, or there are none. */
function codeOf({ chunks: { known, doubtful, lost } }: RescueReport): number {
  return known !== "0" && doubtful === "0" && lost === "0" ? 0 : 2;
}
