import type { CheckOptions } from "../protocol/check.ts";
import { REPAIR_LEVELS, type RepairLevel } from "../protocol/repair.ts";
import { parseStoreOptions } from "./check-options.ts";
import { UsageError } from "./usage.ts";

export interface RepairArguments {
  image: string;
  /** null: all of them. */
  level: RepairLevel | null;
  out: string | null;
  options: CheckOptions;
  json: boolean;
}

/** @throws UsageError */
export function parseRepairArguments(args: string[]): RepairArguments {
  const { operands, options, json, values } = parseStoreOptions(args, ["level", "out"]);
  const [image, ...more] = operands;
  if (image === undefined || more.length > 0) throw new UsageError("name one image");
  const level = levelOf(values.get("level"));
  const out = values.get("out") ?? null;
  if (out !== null && level === null) throw new UsageError("--out needs --level");
  return { image, level, out, options, json };
}

function levelOf(text: string | undefined): RepairLevel | null {
  if (text === undefined) return null;
  const level = REPAIR_LEVELS.find((one) => one === text);
  if (level) return level;
  throw new UsageError(`--level takes ${REPAIR_LEVELS.join(", ")}, not “${text}”`);
}
