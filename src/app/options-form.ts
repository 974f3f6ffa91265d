import type { CheckOptions } from "../protocol/check.ts";
import { type OptionName, optionProblem, parseOptions } from "../protocol/options.ts";

/** The options as the form holds them; empty fields mean "not given". */
export type OptionsForm = Record<OptionName, string>;

export const optionsForm = (options: CheckOptions): OptionsForm => ({
  tableChunk: options.tableChunk === null ? "" : String(options.tableChunk),
  originSectors: options.originSectors === null ? "" : String(options.originSectors),
  blockSize: String(options.blockSize),
  kernel: options.kernel,
});

/** What is wrong with a field as typed, in words for that field; "" if nothing is. */
export function complaint(name: OptionName, typed: string): string {
  const problem = optionProblem(name, typed);
  if (problem === null) return "";
  return `${problem.expected.charAt(0).toUpperCase()}${problem.expected.slice(1)}`;
}

/** null where a field has a complaint: the browser then shows it, and sends nothing. */
export function readOptions({ kernel, ...typed }: OptionsForm): CheckOptions | null {
  const parsed = parseOptions(typed);
  // The kernel is chosen from a list of ages, never typed: its id needs no parsing.
  return parsed.ok ? { ...parsed.value, kernel } : null;
}
