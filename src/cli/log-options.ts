import type { CheckOptions } from "../protocol/check.ts";
import { parseStoreOptions } from "./check-options.ts";

export interface LogArguments {
  /** None: stdin. */
  files: string[];
  /** A store that the log is held to. */
  image: string | null;
  options: CheckOptions;
  /** Whether `options.kernel` was asked for. */
  kernelGiven: boolean;
  json: boolean;
}

/** @throws UsageError */
export function parseLogArguments(args: string[]): LogArguments {
  const { operands, options, json, values } = parseStoreOptions(args, ["image"]);
  const image = values.get("image") ?? null;
  return { files: operands, image, options, kernelGiven: values.has("kernel"), json };
}
