import type { RaceExploration } from "../../protocol/race.ts";

/** What `cowscope race` prints, schema cowscope.race/1: a contract with scripts. */
export interface RaceJson {
  schema: "cowscope.race/1";
  schedules: string;
  states: number;
  header: Record<string, string>;
  areas: Record<string, string>;
  both: Record<string, string>;
  traces: Record<string, string>;
  /** [magic, valid, version, chunkSize] */
  headers: number[][];
  /** Only where a witness was asked for; null: no schedule ends so. */
  witness?: string | null;
}

export function raceJson(exploration: RaceExploration): RaceJson {
  return {
    schema: "cowscope.race/1",
    schedules: exploration.schedules.toString(),
    states: exploration.states,
    header: decimals(exploration.header),
    areas: decimals(exploration.areas),
    both: decimals(exploration.both),
    traces: decimals(exploration.traces),
    headers: exploration.headers.map((words) => [...words]),
  };
}

function decimals(counts: ReadonlyMap<string, bigint>): Record<string, string> {
  return Object.fromEntries([...counts].map(([name, count]) => [name, count.toString()]));
}
