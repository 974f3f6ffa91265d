import { parseArgs } from "node:util";
import type { FuzzTarget } from "./target.ts";

export interface FuzzArguments {
  seconds: number;
  seed: number;
  targets: readonly FuzzTarget[];
  /** The only one to run; null: as many as there is time for. */
  execution: number | null;
}

/** @throws where a value is none. */
export function readArguments(args: readonly string[], all: readonly FuzzTarget[]): FuzzArguments {
  const { values } = parseArgs({
    args: [...args],
    options: {
      seconds: { type: "string", default: "60" },
      seed: { type: "string", default: "1" },
      only: { type: "string" },
      execution: { type: "string" },
    },
  });
  const targets = all.filter(({ name }) => values.only === undefined || name === values.only);
  if (targets.length === 0) throw new Error(`--only is one of ${all.map(({ name }) => name)}`);
  if (values.execution !== undefined && values.only === undefined) {
    throw new Error("--execution is one of a target: name it with --only");
  }
  return {
    targets,
    seconds: whole("seconds", values.seconds),
    seed: whole("seed", values.seed),
    execution: values.execution === undefined ? null : whole("execution", values.execution),
  };
}

function whole(name: string, text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new Error(`--${name} is a whole number, not “${text}”`);
  return Number(text);
}
