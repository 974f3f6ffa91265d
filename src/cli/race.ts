import { parseEnding } from "../engine/race/endings.ts";
import { raceJson } from "../engine/race/json.ts";
import { Race } from "../engine/race/race.ts";
import type { Problem, Result } from "../protocol/problem.ts";
import type { RaceParams } from "../protocol/race.ts";
import { parseRaceParams } from "../protocol/race-params.ts";
import { loadCore } from "./load-core.ts";
import { writeLeftBehind } from "./race-image.ts";
import { parseRaceArguments } from "./race-options.ts";
import { complain } from "./terminal.ts";

/** `cowscope race`: every interleaving counted, as one line of JSON. */
export async function raceCommand(args: string[]): Promise<number> {
  const asked = parseRaceArguments(args);
  try {
    const params = must(parseRaceParams(asked.params));
    const compiled = await loadCore();
    const race = await Race.load(compiled);
    const answer = raceJson(must(race.explore(params)));
    if (asked.witness !== null) answer.witness = witnessOf(race, params, asked.witness);
    if (asked.image && typeof answer.witness === "string") {
      const { from, to } = asked.image;
      must(await writeLeftBehind(compiled, race, params, answer.witness, from, to, note));
    }
    process.stdout.write(`${JSON.stringify(answer)}\n`);
    if (!asked.image || answer.witness !== null) return 0;
    complain(`cowscope race: no schedule ends as “${asked.witness}”: nothing written`);
    return 1;
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    const { message, expected, found, todo } = error.problem;
    const why = `${expected ? `expected ${expected}` : ""}${found ? `, found ${found}` : ""}`;
    complain(`cowscope race: ${message} (${why}). ${todo}.`);
    return 1;
  }
}

/** A problem on its way to stderr; never leaves this file. */
class Refused extends Error {
  constructor(readonly problem: Problem) {
    super(problem.message);
  }
}

function must<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw new Refused(result.problem);
}

function witnessOf(race: Race, params: RaceParams, name: string): string | null {
  return must(race.witness(params, must(parseEnding(name))))?.schedule ?? null;
}

function note(sentence: string): void {
  complain(`cowscope race: ${sentence}`);
}
