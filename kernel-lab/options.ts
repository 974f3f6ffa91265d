import { randomInt } from "node:crypto";
import { parseArgs } from "node:util";
import { LabError } from "./shell.ts";

export interface Options {
  /** As labKernel() takes it. */
  kernel: string;
  seed: number;
  /** Numbers of the cases to run. */
  numbers: number[];
  /** Whether the stores are merged into their origins, instead of being read. */
  merge: boolean;
  /** Whether they are mended first, and the copies are read. */
  repair: boolean;
  /** Whether the guest's disks and logs stay when all went well. */
  keep: boolean;
  /** Where to write the cases as fixtures. */
  record: string | null;
}

export type CommandOptions = Pick<Options, "kernel" | "merge" | "repair" | "seed">;

/** The command that asks case `number` again. */
export function commandFor(options: CommandOptions, number: number): string {
  const { kernel, merge, repair, seed } = options;
  const question = merge ? " --merge" : repair ? " --repair" : "";
  return `npm run test:kernel -- --kernel ${kernel}${question} --seed ${seed} --case ${number}`;
}

/** As many as CI has the time for. */
const DEFAULT_CASES = 40;

export function parseOptions(args: readonly string[]): Options {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        kernel: { type: "string" },
        cases: { type: "string" },
        seed: { type: "string" },
        case: { type: "string" },
        merge: { type: "boolean" },
        repair: { type: "boolean" },
        keep: { type: "boolean" },
        record: { type: "string" },
      },
    });
    if (values.repair && (values.merge || values.record !== undefined)) {
      throw new LabError("--repair goes with neither --merge nor --record");
    }
    const count = whole("--cases", values.cases) ?? DEFAULT_CASES;
    const chosen = values.case?.split(",").flatMap((one) => whole("--case", one) ?? []);
    return {
      kernel: values.kernel ?? "6.1",
      seed: whole("--seed", values.seed) ?? randomInt(2 ** 31),
      numbers: chosen ?? Array.from({ length: count }, (_, index) => index + 1),
      merge: values.merge ?? false,
      repair: values.repair ?? false,
      keep: values.keep ?? false,
      record: values.record ?? null,
    };
  } catch (error) {
    if (error instanceof TypeError) throw new LabError(error.message);
    throw error;
  }
}

function whole(option: string, text: string | undefined): number | null {
  if (text === undefined) return null;
  if (!/^\d+$/.test(text)) throw new LabError(`${option} takes a whole number, not ${text}`);
  return Number(text);
}
