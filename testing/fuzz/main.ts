import { writeFileSync } from "node:fs";
import { readArguments } from "./arguments.ts";
import { Find, Fuzzer } from "./fuzz.ts";
import { summary } from "./summary.ts";
import { TARGETS } from "./targets.ts";

/**
 * `npm run fuzz -- [--seconds 60] [--seed 1] [--only NAME [--execution N]]`: every target in turn for
 * its part of the time, or one execution of one of them. Goes on behind a find, and ends with status
 * 1 if there was one. build/fuzz.txt names the execution that is running: a hang shows there.
 */
const { seconds, seed, targets, execution } = readArguments(process.argv.slice(2), TARGETS);

/** After so many finds of one target the rest are the same ones again. */
const MOST_FINDS = 5;
let finds = 0;
const tallies = [];
for (const { name, run } of targets) {
  const fuzzer = new Fuzzer({ name, run }, seed);
  tallies.push(fuzzer.tally);
  if (execution !== null) {
    finds += await execute(fuzzer, name, execution);
    continue;
  }
  const end = Date.now() + (seconds * 1000) / targets.length;
  let found = 0;
  for (let i = 0; Date.now() < end && found < MOST_FINDS; i++)
    found += await execute(fuzzer, name, i);
  finds += found;
}
console.log(summary(tallies, seed, finds));
process.exitCode = finds > 0 ? 1 : 0;

/** @returns how many finds it was. */
async function execute(fuzzer: Fuzzer, name: string, number: number): Promise<0 | 1> {
  writeFileSync("build/fuzz.txt", `--only ${name} --seed ${seed} --execution ${number}\n`);
  try {
    await fuzzer.execute(number);
    return 0;
  } catch (error) {
    if (!(error instanceof Find)) throw error;
    console.log(`FIND ${error.message}\n`);
    return 1;
  }
}
