import { checkCommand } from "./check.ts";
import { raceCommand } from "./race.ts";
import { snapshotCommand } from "./snapshot.ts";
import { USAGE, UsageError } from "./usage.ts";

/** A command takes its arguments and answers with the exit code. */
type Command = (args: string[]) => Promise<number>;

const COMMANDS: ReadonlyMap<string, Command> = new Map([
  ["check", checkCommand],
  ["snapshot", snapshotCommand],
  ["race", raceCommand],
]);

/** Runs one command. @returns the exit code that CONTRACT gives it. */
export async function main(argv: string[]): Promise<number> {
  const [name = "", ...args] = argv;
  if (name === "" || name === "help" || name === "--help" || name === "-h") {
    process.stdout.write(USAGE);
    return name === "" ? 1 : 0;
  }
  const command = COMMANDS.get(name);
  if (!command) {
    process.stderr.write(`cowscope: there is no command “${name}”; see cowscope --help\n`);
    return 1;
  }
  try {
    return await command(args);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    process.stderr.write(`cowscope ${name}: ${error.message}\n`);
    return 1;
  }
}
