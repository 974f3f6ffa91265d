import { readArguments } from "./arguments.ts";
import { UsageError } from "./usage.ts";

export interface RaceArguments {
  /** PARAMS, parsed as JSON but not looked at yet. */
  params: unknown;
  witness: string | null;
  image: { from: string; to: string } | null;
}

/** --json is taken because every command takes it: there is no other output here. */
const ACCEPTED = { flags: ["json"], values: ["witness", "image", "out"] };

/** @throws UsageError */
export function parseRaceArguments(args: string[]): RaceArguments {
  const { values, operands } = readArguments(args, ACCEPTED);
  const [text, ...more] = operands;
  if (text === undefined || more.length > 0) {
    throw new UsageError("takes PARAMS, one argument of JSON, and nothing else beside its options");
  }
  const image = values.get("image");
  const out = values.get("out");
  const witness = values.get("witness") ?? null;
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

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new UsageError(`PARAMS are not JSON: ${text.slice(0, 60)}`);
  }
}
