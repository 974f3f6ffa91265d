import { REPAIR_LEVELS, type RepairLevel } from "../protocol/repair.ts";
import { parseStoreOptions, type StoreArguments } from "./check-options.ts";
import { UsageError } from "./usage.ts";

export interface RepairArguments extends Omit<StoreArguments, "operands" | "values"> {
  /** One, or all disks of one machine. */
  images: string[];
  /** null: all of them. */
  level: RepairLevel | null;
  out: string | null;
}

/** @throws UsageError */
export function parseRepairArguments(args: string[]): RepairArguments {
  const {
    operands: images,
    values,
    ...rest
  } = parseStoreOptions(args, ["level", "out", "mapfile"]);
  if (images.length === 0 || (images.length > 1 && rest.store === null)) {
    throw new UsageError("name one image, or with --store NAME all disks of one machine");
  }
  const level = levelOf(values.get("level"));
  const out = values.get("out") ?? null;
  if (out !== null && level === null) throw new UsageError("--out needs --level");
  return { ...rest, images, level, out };
}

function levelOf(text: string | undefined): RepairLevel | null {
  if (text === undefined) return null;
  const level = REPAIR_LEVELS.find((one) => one === text);
  if (level) return level;
  throw new UsageError(`--level takes ${REPAIR_LEVELS.join(", ")}, not “${text}”`);
}
