import { UsageError } from "./usage.ts";

/** What a command takes besides its operands. Names stand without their dashes. */
export interface Accepted {
  /** Options without a value. */
  flags: readonly string[];
  /** Options with one. */
  values: readonly string[];
}

export interface Given {
  flags: ReadonlySet<string>;
  values: ReadonlyMap<string, string>;
  /** In the order given; `-` is one, and behind `--` everything is. */
  operands: string[];
}

/**
 * `--name VALUE`, `--name=VALUE`, `--name`, `--`; an option given twice counts as it was given last.
 * @throws UsageError
 */
export function readArguments(args: readonly string[], accepted: Accepted): Given {
  const flags = new Set<string>();
  const values = new Map<string, string>();
  const operands: string[] = [];
  for (let at = 0; at < args.length; at++) {
    const arg = args[at] ?? "";
    if (arg === "--") return { flags, values, operands: [...operands, ...args.slice(at + 1)] };
    if (arg === "-" || !arg.startsWith("-")) {
      operands.push(arg);
      continue;
    }
    const [, name = "", joined] = /^--([^=]*)(?:=(.*))?$/s.exec(arg) ?? [];
    if (accepted.flags.includes(name)) {
      if (joined !== undefined) throw new UsageError(`--${name} takes no value`);
      flags.add(name);
    } else if (accepted.values.includes(name)) {
      values.set(name, joined ?? nextValue(name, args[++at]));
    } else {
      throw new UsageError(unknown(arg, accepted));
    }
  }
  return { flags, values, operands };
}

/** A value that begins with two dashes is rather an option, and the value was forgotten. */
function nextValue(name: string, next: string | undefined): string {
  if (next === undefined || next.startsWith("--")) {
    throw new UsageError(`--${name} needs a value`);
  }
  return next;
}

function unknown(arg: string, { flags, values }: Accepted): string {
  const known = [...values, ...flags].map((name) => `--${name}`).join(", ");
  return `there is no option “${arg.replace(/=.*/s, "")}”; it takes ${known} (a file of that name: put -- before it)`;
}
