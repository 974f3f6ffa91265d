import type { CheckOptions } from "../protocol/check.ts";
import { parseStoreOptions } from "./check-options.ts";
import { UsageError } from "./usage.ts";

export interface SnapshotArguments {
  image: string;
  origin: string;
  out: string | null;
  options: CheckOptions;
  json: boolean;
}

/** @throws UsageError */
export function parseSnapshotArguments(args: string[]): SnapshotArguments {
  const { operands, options, json, values } = parseStoreOptions(args, ["origin", "out"]);
  const [image, ...more] = operands;
  if (image === undefined || more.length > 0) throw new UsageError("name one image");
  const origin = values.get("origin");
  if (origin === undefined) throw new UsageError("--origin ORIGIN is needed");
  return { image, origin, out: values.get("out") ?? null, options, json };
}
