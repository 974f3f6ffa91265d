import { type Differences, differences } from "./differences.ts";
import { corpusRows } from "./rows.ts";

/**
 * Asks cowscope what the kernels of a corpus were asked, each row under its kernel's own release,
 * and prints for each kernel in how many of them both say the same. Exit 1 where they ever do not.
 */
const USAGE = "usage: npm run test:corpus -- FOLDER [--kernel RELEASE]";
/** So many disagreements of a kernel are printed in full. */
const SHOWN = 5;

interface Tally {
  how: string;
  rows: number;
  agree: number;
  snapshots: number;
  read: number;
}

const [folder, flag, only] = process.argv.slice(2);
if (folder === undefined || (flag !== undefined && (flag !== "--kernel" || only === undefined))) {
  console.error(USAGE);
  process.exit(1);
}

const tallies = new Map<string, Tally>();
for (const row of corpusRows(folder)) {
  if (only !== undefined && row.kernel !== only) continue;
  const tally = tallies.get(row.kernel) ?? newTally(row.answer.how);
  tallies.set(row.kernel, tally);
  count(tally, await differences(row), `${row.kernel}: ${row.name}, table chunk ${row.tableChunk}`);
}

for (const [kernel, { how, rows, agree, snapshots, read }] of tallies) {
  const ofSnapshots = snapshots === 0 ? "" : `, snapshot ${read} of ${snapshots}`;
  console.log(`${kernel} (${how}): check ${agree} of ${rows}${ofSnapshots}`);
}
const all = [...tallies.values()];
const sum = (key: "rows" | "agree" | "snapshots" | "read") =>
  all.reduce((total, tally) => total + tally[key], 0);
console.log(
  `${tallies.size} kernels: check ${sum("agree")} of ${sum("rows")}, snapshot ${sum("read")} of ${sum("snapshots")}`,
);
const whole = sum("rows") > 0 && sum("agree") === sum("rows") && sum("read") === sum("snapshots");
process.exitCode = whole ? 0 : 1;

function newTally(how: string): Tally {
  return { how, rows: 0, agree: 0, snapshots: 0, read: 0 };
}

function count(tally: Tally, { check, snapshot }: Differences, where: string): void {
  const failed = tally.rows - tally.agree + (tally.snapshots - tally.read);
  tally.rows++;
  if (check.length === 0) tally.agree++;
  if (snapshot !== null) {
    tally.snapshots++;
    if (snapshot.length === 0) tally.read++;
  }
  const different = [...check, ...(snapshot ?? [])];
  if (different.length === 0 || failed >= SHOWN) return;
  console.log(where);
  for (const line of different) console.log(`  ${line}`);
}
