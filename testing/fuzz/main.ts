import { mkdirSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { Find, Fuzzer } from "./fuzz.ts";
import { summary } from "./summary.ts";
import { TARGETS } from "./targets.ts";

/**
 * `npm run fuzz -- [--seconds 60] [--seed 1] [--only NAME] [--execution N]`: every target in turn for
 * its part of the time; one execution alone where its number is given. Goes on behind a find, and
 * ends with status 1 if there was one. build/fuzz.txt names what is running: a hang shows there.
 */
const { values } = parseArgs({
  options: {
    seconds: { type: "string", default: "60" },
    seed: { type: "string", default: "1" },
    only: { type: "string" },
    execution: { type: "string" },
  },
});
const seed = Number(values.seed);
const chosen = TARGETS.filter(({ name }) => values.only === undefined || name === values.only);
if (chosen.length === 0 || !Number.isInteger(seed)) {
  throw new Error(`--seed is a whole number, --only one of ${TARGETS.map(({ name }) => name)}`);
}
/** After so many finds of one target the rest are the same ones again. */
const MOST_FINDS = 5;
const milliseconds = (Number(values.seconds) * 1000) / chosen.length;
let finds = 0;
mkdirSync("build", { recursive: true });
const tallies = [];
for (const target of chosen) {
  const fuzzer = new Fuzzer(target, seed);
  const execute = async (execution: number) => {
    writeFileSync(
      "build/fuzz.txt",
      `--only ${target.name} --seed ${seed} --execution ${execution}\n`,
    );
    try {
      await fuzzer.execute(execution);
      return 0;
    } catch (error) {
      if (!(error instanceof Find)) throw error;
      console.log(`FIND ${error.message}\n`);
      return 1;
    }
  };
  if (values.execution !== undefined) {
    finds += await execute(Number(values.execution));
  } else {
    const end = Date.now() + milliseconds;
    let found = 0;
    for (let i = 0; Date.now() < end && found < MOST_FINDS; i++) found += await execute(i);
    finds += found;
  }
  tallies.push(fuzzer.tally);
}
console.log(summary(tallies, seed, finds));
process.exitCode = finds > 0 ? 1 : 0;
