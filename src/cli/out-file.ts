import { SinkError } from "../source/sink/sink.ts";
import { UsageError } from "./usage.ts";

/** What writes `--out`. @throws UsageError where that cannot be written. */
export async function writingTo<T>(out: string, step: Promise<T>): Promise<T> {
  try {
    return await step;
  } catch (error) {
    if (!(error instanceof SinkError)) throw error;
    throw new UsageError(`--out ${out} could not be written: ${error.message}`);
  }
}
