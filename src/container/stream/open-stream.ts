import type { BlockSource } from "../../source/block-source.ts";
import { KeptPages } from "../../source/kept-pages.ts";
import { ImageFile } from "../image-file.ts";
import type { Opened, Peers, Unwrapped } from "../wrapper.ts";
import {
  type DamageKind,
  StreamDamage,
  type StreamFormat,
  type SweepListener,
} from "./stream-format.ts";
import { StreamSource } from "./stream-source.ts";
import { type StreamBudget, sweep } from "./sweep.ts";

/**
 * Of one stream over a file. A stream inside another has half of what the outer one has, so that all
 * of them together take no more than twice as much.
 */
const BUDGET: StreamBudget = { kept: 64 << 20, checkpoints: 1024, cached: 16 << 20 };

/** Of a table, places are numbers: more of them cost little. */
const TABLE_CHECKPOINTS = 1 << 16;

/**
 * Sweeps a stream and makes a source of it; one that has a table of its own and is too long to be
 * kept is not swept, and read by the table. What ends too early or is damaged is refused, unless
 * `peers.partial` takes what is there: the source then ends where nothing more could be unpacked.
 */
export function openStream<Place>(
  format: StreamFormat<Place>,
  source: BlockSource,
  where: string,
  peers: Pick<Peers, "partial" | "pause">,
  budget = budgetOver(source),
): Promise<Opened> {
  const file = new ImageFile(source, format.kind, where);
  return file.opened(() => unwrap(format, file, peers, budget));
}

async function unwrap<Place>(
  format: StreamFormat<Place>,
  file: ImageFile,
  { partial, pause }: Pick<Peers, "partial" | "pause">,
  budget: StreamBudget,
): Promise<Unwrapped> {
  const table = await format.table?.(file.source, TABLE_CHECKPOINTS);
  if (table && table.size > budget.kept && table.checkpoints.count > 1) {
    const known = { ...table, kept: new KeptPages(0), tail: null, listener: STRICT };
    const source = new StreamSource(format, file.source, known, budget.cached);
    return { source, problems: [], peers: [] };
  }
  const swept = await sweep(format, file.source, budget, pause);
  const { size, damage } = swept;
  const problems = swept.remarks.map((remark) =>
    file.problem({
      ...remark,
      todo: "The bytes are read all the same; compare them with another copy of the file.",
    }),
  );
  if (damage) {
    const problem = damageProblem(file, damage, size);
    if (!partial || size === 0 || damage.kind === "refused") file.refuseWith(problem);
    problems.push(problem);
  }
  const known = { ...swept, listener: null };
  return {
    source: new StreamSource(format, file.source, known, budget.cached),
    problems,
    peers: [],
  };
}

/** Where bytes are read that were not swept, nobody can be told later that they are wrong. */
const STRICT: SweepListener<unknown> = {
  checkpoint: () => {},
  remark: ({ message }) => {
    throw new StreamDamage("damaged", 0, message);
  },
};

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

function damageProblem(file: ImageFile, { kind, offset, message }: StreamDamage, size: number) {
  return file.problem({
    code: kind,
    message: kind === "refused" ? `it is not read here: ${message}` : message,
    expected: "a stream that can be unpacked to its end",
    found: `the first ${size} bytes could be unpacked, out of the first ${offset} bytes of the file`,
    todo: TODO[kind],
  });
}

const TODO: Record<DamageKind, string> = {
  cut: "Copy the file again, whole; or ask for what is there, which is read as far as it goes.",
  damaged: "Copy the file again; or ask for what is there, which is read up to the damage.",
  refused: "Unpack it with the tool that made it, and open what it gives.",
};
