import { afterWrites } from "../testing/after-writes.ts";
import { sha256 } from "../testing/digest.ts";
import { SECTOR } from "../testing/disk.ts";
import { mergeByOracle } from "../testing/oracle/merge.ts";
import { askOracle } from "../testing/oracle.ts";
import { oracleKernel } from "../testing/oracle-kernels.ts";
import type { Case } from "./cases.ts";
import type { MergePrediction, Prediction } from "./prediction.ts";

const SAYS = "device-mapper: snapshots:";

/** What the test oracle says of merging: lines, status, and both devices afterwards. */
export function oracleMergePrediction(asked: Case, release: string): Prediction {
  const { damage, tableChunk, blockSize } = asked;
  const kernel = askOracle(damage.bytes, { tableChunk, blockSize, kernel: oracleKernel(release) });
  return { by: "oracle", kernel, snapshot: null, merge: mergeOf(asked, kernel, release) };
}

function mergeOf(asked: Case, kernel: Prediction["kernel"], release: string): MergePrediction {
  const { damage, tableChunk, blockSize } = asked;
  const origin = mergeOrigin(asked);
  // dm_table_add_target() prints the target's own name.
  const dmesg = kernel.dmesg.map((line) => line.replace(": snapshot: ", ": snapshot-merge: "));
  const cow = afterWrites(damage.bytes, kernel.writes);
  const untouched = { cow: sha256(cow), origin: sha256(origin) };
  const { status } = kernel;
  if (!kernel.activates) return { dmesg, status, after: untouched };
  if (status === "Invalid") {
    const line = `${SAYS} Snapshot is invalid: can't merge`;
    return { dmesg: [...dmesg, line], status, after: untouched };
  }
  if (kernel.writes.length > 0) return { dmesg, status, after: untouched };
  const table = { chunkSectors: BigInt(tableChunk), blockSize };
  const end = mergeByOracle(damage.bytes, origin, table, oracleKernel(release));
  const after = { cow: sha256(end.cow), origin: sha256(end.origin) };
  const lines = end.failure === null ? dmesg : [...dmesg, `${SAYS} ${end.failure}`];
  return { dmesg: lines, status: end.status, after };
}

/** As long as the table line says: what is written beyond it is an error. */
export const mergeOrigin = ({ base, originSectors }: Case): Uint8Array =>
  base.origin.subarray(0, originSectors * SECTOR);
