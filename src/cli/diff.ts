import { diffStores, type Side } from "../engine/diff/diff-stores.ts";
import { diffText } from "../explain/report/diff-text.ts";
import { parseStoreOptions } from "./check-options.ts";
import { noStoreWords, storeAtHand } from "./checked-store.ts";
import { ImageError, problemWords } from "./image-problem.ts";
import { loadCore } from "./load-core.ts";
import { withFiles } from "./open-files.ts";
import type { Wanted } from "./opened-store.ts";
import { complain, printableLines } from "./terminal.ts";
import { UsageError } from "./usage.ts";

/** As diff(1) has it. */
const EXIT = { same: 0, different: 1, trouble: 2 } as const;

/** `cowscope diff A B`: two stores compared by mapping. */
export async function diffCommand(args: string[]): Promise<number> {
  try {
    const { operands, json, ...wanted } = parseStoreOptions(args, []);
    const [a, b, ...more] = operands;
    if (a === undefined || b === undefined || more.length > 0) {
      throw new UsageError("name two images");
    }
    const compiled = await loadCore().catch((error) => {
      throw ImageError.of(error, a);
    });
    const left = await load(a, compiled, wanted);
    const right = left && (await load(b, compiled, wanted));
    if (!left || !right) return EXIT.trouble;
    const report = diffStores(left, right);
    const text = json ? JSON.stringify(report) : printableLines(diffText(report));
    process.stdout.write(json ? `${text}\n` : text);
    return report.same ? EXIT.same : EXIT.different;
  } catch (error) {
    if (error instanceof UsageError) complain(`cowscope diff: ${error.message}`);
    else if (error instanceof ImageError) complain(`cowscope diff: ${problemWords(error.problem)}`);
    else throw error;
    return EXIT.trouble;
  }
}

/** @returns null where it is no store; one sentence stands on stderr then. @throws ImageError */
function load(path: string, compiled: WebAssembly.Module, wanted: Wanted): Promise<Side | null> {
  return withFiles([path], async (files) => {
    const store = await storeAtHand(files, compiled, wanted);
    const unfit = noStoreWords(store);
    if (unfit === null) return store;
    complain(`cowscope diff: ${unfit}`);
    return null;
  });
}
