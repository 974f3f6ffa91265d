import { noteAnswer } from "./answers.ts";
import { readArguments } from "./arguments.ts";
import { mapfileName } from "./check-options.ts";
import { findReport } from "./find-report.ts";
import { findText } from "./find-text.ts";
import { allShown, shown } from "./image-names.ts";
import { problemWords } from "./image-problem.ts";
import { loadCore } from "./load-core.ts";
import { machineIn } from "./machine.ts";
import { withFiles } from "./open-files.ts";
import { noStore } from "./store-names.ts";
import { complain } from "./terminal.ts";
import { UsageError } from "./usage.ts";

/** `cowscope find`: the stores inside disks of one machine. */
export async function findCommand(args: string[]): Promise<number> {
  const given = readArguments(args, { flags: ["json", "partial"], values: ["mapfile"] });
  const { operands, flags } = given;
  if (operands.length === 0) throw new UsageError("name at least one disk");
  return withFiles(
    operands,
    async (files) => {
      const machine = await machineIn(files, await loadCore(), flags.has("partial"));
      const { tree } = machine;
      const report = flags.has("json") ? await findReport(machine, files.sources) : null;
      files.assertUnchanged();
      process.stdout.write(
        report ? `${JSON.stringify(report)}\n` : findText(tree, operands.map(shown)),
      );
      if (tree.stores.length === 0) {
        const why = noStore(tree.problems, allShown(operands));
        complain(`cowscope find: ${problemWords(why)}`);
        return tree.problems.some(({ refused }) => refused) ? 1 : 3;
      }
      if (!report) for (const problem of tree.problems) complain(noteAnswer(problem).complaint);
      const whole = tree.problems.length === 0 && tree.stores.every(({ complete }) => complete);
      return whole ? 0 : 2;
    },
    mapfileName(given),
  );
}
