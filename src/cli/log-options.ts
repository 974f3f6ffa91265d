import type { CheckOptions } from "../protocol/check.ts";
import { parseStoreOptions } from "./check-options.ts";

export interface LogArguments {
  /** None: stdin. */
  files: string[];
  /** A store that the log is held to. */
  image: string | null;
  /** Which one inside of it. */
  store: string | null;
  partial: boolean;
  options: CheckOptions;
  /** Whether `options.kernel` was asked for. */
  kernelGiven: boolean;
  json: boolean;
}

/** @throws UsageError */
export function parseLogArguments(args: string[]): LogArguments {
  const { operands, values, ...rest } = parseStoreOptions(args, ["image"]);
  const image = values.get("image") ?? null;
  return { ...rest, files: operands, image, kernelGiven: values.has("kernel") };
}
