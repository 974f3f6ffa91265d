import { corpusRows } from "./rows.ts";
import { askAll, isWhole } from "./tally.ts";

/**
 * Asks cowscope what the kernels of a corpus were asked, each row under its kernel's own release,
 * and prints for each kernel in how many of them both say the same. Exit 1 where they ever do not.
 */
const USAGE = "usage: npm run test:corpus -- FOLDER [--kernel RELEASE]";
/** So many disagreements of a kernel are printed in full. */
const SHOWN = 5;

const [folder, flag, only] = process.argv.slice(2);
if (folder === undefined || (flag !== undefined && (flag !== "--kernel" || only === undefined))) {
  console.error(USAGE);
  process.exit(1);
}

const rows = corpusRows(folder).filter(({ kernel }) => only === undefined || kernel === only);
const tallies = await askAll(rows, ({ kernel, name, tableChunk }, different, before) => {
  if (before >= SHOWN) return;
  console.log(`${kernel}: ${name}, table chunk ${tableChunk}`);
  for (const line of different) console.log(`  ${line}`);
});
for (const { kernel, how, rows, agree, snapshots, read } of tallies) {
  const ofSnapshots = snapshots === 0 ? "" : `, snapshot ${read} of ${snapshots}`;
  console.log(`${kernel} (${how}): check ${agree} of ${rows}${ofSnapshots}`);
}
const sum = (key: "rows" | "agree" | "snapshots" | "read") =>
  tallies.reduce((total, tally) => total + tally[key], 0);
console.log(
  `${tallies.length} kernels: check ${sum("agree")} of ${sum("rows")}, snapshot ${sum("read")} of ${sum("snapshots")}`,
);
process.exitCode = tallies.length > 0 && tallies.every(isWhole) ? 0 : 1;
