import { once } from "node:events";
import { dumpStore } from "../engine/dump/dump-store.ts";
import { dumpJson } from "../engine/dump/write-json.ts";
import { dumpXml } from "../engine/dump/write-xml.ts";
import { parseStoreOptions } from "./check-options.ts";
import { noStoreWords, storeAtHand } from "./checked-store.ts";
import { loadCore } from "./load-core.ts";
import { withFiles } from "./open-files.ts";
import { complain } from "./terminal.ts";
import { UsageError } from "./usage.ts";

const FORMATS = { xml: dumpXml, json: dumpJson } as const;

/** `cowscope dump`: header and exceptions as text on stdout. */
export async function dumpCommand(args: string[]): Promise<number> {
  const { operands, values, ...wanted } = parseStoreOptions(args, ["format", "mapfile"]);
  if (operands.length === 0) throw new UsageError("name an image");
  const format = values.get("format") ?? "xml";
  if (format !== "xml" && format !== "json") {
    throw new UsageError(`--format takes xml or json, not “${format}”`);
  }
  return withFiles(
    operands,
    async (files) => {
      const store = await storeAtHand(files, await loadCore(), wanted);
      const unfit = noStoreWords(store);
      if (unfit !== null) {
        complain(`cowscope dump: ${unfit}`);
        return 1;
      }
      const { source, checked } = store;
      for await (const text of FORMATS[format](dumpStore(checked.core, source, checked.facts))) {
        if (!process.stdout.write(text)) await once(process.stdout, "drain");
      }
      files.assertUnchanged();
      return 0;
    },
    wanted.mapfile,
  );
}
