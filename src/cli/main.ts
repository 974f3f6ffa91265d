import { readFileSync } from "node:fs";
import { ImageError, problemWords } from "./image-problem.ts";
import { complain, endWithOutput, outputFailed } from "./terminal.ts";
import { type CommandName, helpOf, isCommand, USAGE, UsageError } from "./usage.ts";

/** A command takes its arguments and answers with the exit code. */
type Command = (args: string[]) => Promise<number>;

/** Loaded when asked for: a check of one image among thousands should not pay for the others. */
const COMMANDS: Record<CommandName, () => Promise<Command>> = {
  check: async () => (await import("./check.ts")).checkCommand,
  snapshot: async () => (await import("./snapshot.ts")).snapshotCommand,
  files: async () => (await import("./files.ts")).filesCommand,
  find: async () => (await import("./find.ts")).findCommand,
  extract: async () => (await import("./extract.ts")).extractCommand,
  repair: async () => (await import("./repair.ts")).repairCommand,
  rescue: async () => (await import("./rescue.ts")).rescueCommand,
  mapfile: async () => (await import("./mapfile.ts")).mapfileCommand,
  dump: async () => (await import("./dump.ts")).dumpCommand,
  restore: async () => (await import("./restore.ts")).restoreCommand,
  pack: async () => (await import("./pack.ts")).packCommand,
  diff: async () => (await import("./diff.ts")).diffCommand,
  lookup: async () => (await import("./lookup.ts")).lookupCommand,
  log: async () => (await import("./log.ts")).logCommand,
  race: async () => (await import("./race.ts")).raceCommand,
};

/** Runs one command. @returns the exit code that CONTRACT gives it. */
export async function main(argv: string[]): Promise<number> {
  endWithOutput();
  const [name = "", ...args] = argv;
  switch (name) {
    case "":
      process.stderr.write(USAGE);
      return 1;
    case "--version":
    case "-V":
      process.stdout.write(`cowscope ${version()}\n`);
      return 0;
    case "help":
    case "--help":
    case "-h":
      return help(args[0]);
  }
  if (!isCommand(name)) return unknownCommand(name);
  const options = args.includes("--") ? args.slice(0, args.indexOf("--")) : args;
  if (options.includes("--help") || options.includes("-h")) return help(name);
  try {
    const command = await COMMANDS[name]();
    return await command(args);
  } catch (error) {
    return failed(name, error);
  }
}

function help(command: string | undefined): number {
  if (command !== undefined && !isCommand(command)) return unknownCommand(command);
  process.stdout.write(command === undefined ? USAGE : helpOf(command));
  return 0;
}

function unknownCommand(name: string): number {
  complain(`cowscope: there is no command “${name}”; see cowscope --help`);
  return 1;
}

/** One sentence, whatever went wrong. @returns the exit code. */
function failed(command: string, error: unknown): number {
  if (error instanceof UsageError) {
    complain(`cowscope ${command}: ${error.message}`);
    return 1;
  }
  if (error instanceof ImageError) {
    complain(`cowscope ${command}: ${problemWords(error.problem)}`);
    return 1;
  }
  if (isWriteError(error)) return outputFailed(error);
  complain(`cowscope ${command}: cowscope itself failed: ${String(error)}`);
  return 1;
}

function isWriteError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && "syscall" in error && error.syscall === "write";
}

/** Of the package: package.json lies as far above the built command as above this file. */
function version(): string {
  const text = readFileSync(new URL("../../package.json", import.meta.url), "utf8");
  const { version: found }: { version: string } = JSON.parse(text);
  return found;
}
