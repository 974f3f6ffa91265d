import { readArguments } from "./arguments.ts";
import { mapfileName, storeName } from "./check-options.ts";
import { UsageError } from "./usage.ts";

export interface ExtractArguments {
  disks: string[];
  /** null: the only one. */
  store: string | null;
  /** Its origin instead of its COW device. */
  origin: boolean;
  out: string;
  partial: boolean;
  mapfile: string | null;
  json: boolean;
}

/** @throws UsageError */
export function parseExtractArguments(args: string[]): ExtractArguments {
  const given = readArguments(args, {
    flags: ["origin", "partial", "json"],
    values: ["store", "out", "mapfile"],
  });
  const { operands, flags, values } = given;
  if (operands.length === 0) throw new UsageError("name at least one disk");
  const out = values.get("out");
  if (!out) throw new UsageError("--out FILE is needed");
  return {
    disks: operands,
    store: storeName(given),
    origin: flags.has("origin"),
    out,
    partial: flags.has("partial"),
    mapfile: mapfileName(given),
    json: flags.has("json"),
  };
}
