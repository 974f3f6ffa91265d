import type { BlockSource } from "../../source/block-source.ts";
import type { ContainerProblem, Opened } from "../wrapper.ts";
import type { DamageKind, StreamDamage, StreamFormat } from "./stream-format.ts";
import { StreamSource } from "./stream-source.ts";
import { type StreamBudget, type Swept, sweep } from "./sweep.ts";

/**
 * Of one stream over a file. A stream inside another has half of what the outer one has, so that all
 * of them together take no more than twice as much.
 */
const BUDGET: StreamBudget = { kept: 64 << 20, checkpoints: 1024, cached: 16 << 20 };

/**
 * Sweeps a stream and makes a source of it. What ends too early or is damaged is refused, unless
 * `partial` takes what is there: the source then ends where nothing more could be unpacked.
 */
export async function openStream<Place>(
  format: StreamFormat<Place>,
  source: BlockSource,
  where: string,
  partial: boolean,
  budget = budgetOver(source),
): Promise<Opened> {
  const swept = await sweep(format, source, budget);
  const problems = swept.remarks.map(
    ({ code, message, expected, found }): ContainerProblem => ({
      code: `${format.kind}.${code}`,
      message: `${where}: ${message}`,
      where,
      expected,
      found,
      todo: "The bytes are read all the same; compare them with another copy of the file",
    }),
  );
  if (swept.damage) {
    const problem = damageProblem(format.kind, where, swept.damage, swept);
    if (!partial || swept.size === 0 || swept.damage.kind === "refused") {
      return { ok: false, problem };
    }
    problems.push(problem);
  }
  const { size, kept, checkpoints } = swept;
  const known = { size, kept, checkpoints, hole: null };
  const unpacked = new StreamSource(format, source, known, budget.cached);
  return { ok: true, value: { source: unpacked, problems, peers: [] } };
}

function budgetOver(source: BlockSource): StreamBudget {
  const depth = streamsBelow(source);
  const { kept, checkpoints, cached } = BUDGET;
  return {
    kept: kept >> depth,
    checkpoints: Math.max(checkpoints >> depth, 16),
    cached: Math.max(cached >> depth, 1 << 20),
  };
}

function streamsBelow(source: BlockSource): number {
  const below = Math.max(0, ...(source.children ?? []).map(streamsBelow));
  return source instanceof StreamSource ? below + 1 : below;
}

function damageProblem(
  kind: string,
  where: string,
  damage: StreamDamage,
  { size }: Swept<unknown>,
): ContainerProblem {
  return {
    code: `${kind}.${damage.kind}`,
    message: `${where} cannot be read to its end: ${damage.message}`,
    where: `${where}, byte ${damage.offset}`,
    expected: "a stream that can be unpacked to its end",
    found: `the first ${size} bytes could be unpacked, out of the first ${damage.offset} bytes of the file`,
    todo: TODO[damage.kind],
  };
}

const TODO: Record<DamageKind, string> = {
  cut: "Copy the file again, whole; what is there can be read as far as it goes if you ask for that",
  damaged: "Copy the file again; what lies before the damage can be read if you ask for that",
  refused: "Unpack it with the tool that made it, and open what it gives",
};
