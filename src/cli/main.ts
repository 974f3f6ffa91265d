import { USAGE, UsageError } from "./usage.ts";

/** A command takes its arguments and answers with the exit code. */
type Command = (args: string[]) => Promise<number>;

/** Loaded when asked for: a check of one image among thousands should not pay for the others. */
const COMMANDS: ReadonlyMap<string, () => Promise<Command>> = new Map([
  ["check", async () => (await import("./check.ts")).checkCommand],
  ["snapshot", async () => (await import("./snapshot.ts")).snapshotCommand],
  ["race", async () => (await import("./race.ts")).raceCommand],
]);

/** Runs one command. @returns the exit code that CONTRACT gives it. */
export async function main(argv: string[]): Promise<number> {
  const [name = "", ...args] = argv;
  if (name === "" || name === "help" || name === "--help" || name === "-h") {
    process.stdout.write(USAGE);
    return name === "" ? 1 : 0;
  }
  const load = COMMANDS.get(name);
  if (!load) {
    process.stderr.write(`cowscope: there is no command “${name}”; see cowscope --help\n`);
    return 1;
  }
  try {
    const command = await load();
    return await command(args);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    process.stderr.write(`cowscope ${name}: ${error.message}\n`);
    return 1;
  }
}
