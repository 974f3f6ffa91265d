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
  const { positionals, options, json, values } = parseStoreOptions(args, ["origin", "out"]);
  const [image, ...more] = positionals;
  if (image === undefined || more.length > 0) throw new UsageError("name one image");
  if (values.origin === undefined) throw new UsageError("--origin ORIGIN is needed");
  return { image, origin: values.origin, out: values.out ?? null, options, json };
}
