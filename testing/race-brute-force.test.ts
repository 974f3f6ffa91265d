import { expect, test } from "vitest";
import { ENDINGS } from "../src/engine/race/endings.ts";
import type { RaceEnding, RaceParams } from "../src/protocol/race.ts";
import { type Ending, everySchedule, PATH_SCALE, switchesIn } from "./race-brute-force.ts";
import { loadRace, unwrap } from "./race-core.ts";
import { anyRaceParams } from "./race-params.ts";
import { seededRng } from "./random.ts";

const race = await loadRace();
const SETS = 240;
const SEED = 61578;

/** Everything about a model that the core also claims to know. */
function enumerate(params: RaceParams, followed: RaceEnding) {
  const counts = new Map<string, number>();
  const headers = new Map<string, number[]>();
  const witnesses = new Map<string, string>();
  const through = new Map<number, number>();
  const ending = new Map<number, number>();
  const add = <K>(map: Map<K, number>, key: K) => map.set(key, (map.get(key) ?? 0) + 1);
  everySchedule(params, (end) => {
    add(counts, "all");
    headers.set(end.header.join(), end.header);
    const names = namesOf(end);
    for (const name of names) {
      add(counts, name);
      const best = witnesses.get(name);
      // Schedules come in the order of the alphabet: only fewer switches are better.
      if (best === undefined || switchesIn(end.schedule) < switchesIn(best)) {
        witnesses.set(name, end.schedule);
      }
    }
    for (const node of end.path) {
      add(through, node);
      if (names.includes(followed)) add(ending, node);
    }
  });
  return { counts, headers: [...headers.values()], witnesses, through, ending };
}

function namesOf({ headerEnding, areasEnding, torn, stray }: Ending): string[] {
  return [
    headerEnding,
    areasEnding,
    `${headerEnding} + ${areasEnding}`,
    ...(torn ? ["torn-header"] : []),
    ...(stray ? ["stray-exception"] : []),
  ];
}

test(`${SETS} random models agree with running every schedule (seed ${SEED})`, () => {
  const rng = seededRng(SEED);
  for (let set = 0; set < SETS; set++) {
    const params = anyRaceParams(rng);
    const followed = rng.pick(ENDINGS);
    const oracle = enumerate(params, followed);
    const found = unwrap(race.explore(params));
    const label = JSON.stringify(params, (_, value) =>
      typeof value === "bigint" ? `${value}` : value,
    );
    expect(found.schedules, label).toBe(BigInt(oracle.counts.get("all") ?? 0));
    const counted = new Map<string, bigint>([
      ...found.header,
      ...found.areas,
      ...found.both,
      ...found.traces,
    ]);
    for (const name of ENDINGS) {
      expect(counted.get(name) ?? 0n, `${name} of ${label}`).toBe(
        BigInt(oracle.counts.get(name) ?? 0),
      );
      const witness = unwrap(race.witness(params, name));
      expect(witness?.schedule, `witness of ${name} of ${label}`).toBe(oracle.witnesses.get(name));
      if (witness) expect(witness.switches).toBe(switchesIn(witness.schedule));
    }
    expect(found.headers.map(String).sort(), label).toEqual(oracle.headers.map(String).sort());
    checkProgress(params, followed, oracle);
  }
}, 240_000);

function checkProgress(
  params: RaceParams,
  ending: RaceEnding,
  oracle: { through: Map<number, number>; ending: Map<number, number> },
) {
  const progress = unwrap(race.progress(params, ending));
  let sealed = 0n;
  let averted = 0n;
  for (const node of progress.nodes) {
    const at = node.i * PATH_SCALE + node.c;
    expect(node.through, `${at}`).toBe(BigInt(oracle.through.get(at) ?? 0));
    expect(node.ending, `${at}`).toBe(BigInt(oracle.ending.get(at) ?? 0));
    sealed += node.sealedByI + node.sealedByC;
    averted += node.avertedByI + node.avertedByC;
  }
  // Each schedule's fate is decided by exactly one of its steps, unless it is decided at the start.
  const [first] = progress.nodes;
  if (!first || first.ending === 0n || first.ending === first.through) {
    expect([sealed, averted]).toEqual([0n, 0n]);
  } else {
    expect([sealed, averted]).toEqual([first.ending, first.through - first.ending]);
  }
}
