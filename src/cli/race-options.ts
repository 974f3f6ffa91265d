import { parseArgs } from "node:util";
import { UsageError } from "./usage.ts";

export interface RaceArguments {
  /** PARAMS, parsed as JSON but not looked at yet. */
  params: unknown;
  witness: string | null;
  image: { from: string; to: string } | null;
}

/** @throws UsageError */
export function parseRaceArguments(args: string[]): RaceArguments {
  const { values, positionals } = parse(args);
  const [text, ...more] = positionals;
  if (text === undefined || more.length > 0) {
    throw new UsageError("takes PARAMS, one argument of JSON, and nothing else beside its options");
  }
  const { image, out, witness = null } = values;
  if ((image === undefined) !== (out === undefined)) {
    throw new UsageError("--image and --out go together");
  }
  if (image !== undefined && witness === null) {
    throw new UsageError("--image needs --witness, which names the schedule to run");
  }
  return {
    params: json(text),
    witness,
    image: image !== undefined && out !== undefined ? { from: image, to: out } : null,
  };
}

function parse(args: string[]) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: {
        witness: { type: "string" },
        image: { type: "string" },
        out: { type: "string" },
        json: { type: "boolean" },
      },
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new UsageError(`PARAMS are not JSON: ${text.slice(0, 60)}`);
  }
}
