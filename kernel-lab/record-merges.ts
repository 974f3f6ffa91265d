import { appendFile, mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { sha256 } from "../testing/digest.ts";
import type { LabMergeRow } from "../testing/merge-rows.ts";
import { mergeOrigin } from "./merge-oracle.ts";
import { type CommandOptions, commandFor } from "./options.ts";
import type { Answered } from "./report.ts";

/**
 * Writes merged stores as fixtures: rows behind those in lab.jsonl, images and origins beside it,
 * named by their content.
 */
export async function recordMerges(
  answered: readonly Answered[],
  release: string,
  options: CommandOptions,
  folder: string,
): Promise<void> {
  await mkdir(path.join(folder, "images"), { recursive: true });
  const save = async (bytes: Uint8Array) => {
    const name = `images/${sha256(bytes).slice(0, 16)}.gz`;
    await writeFile(path.join(folder, name), gzipSync(bytes, { level: 9 }));
    return name;
  };
  for (const { asked, verdict } of answered) {
    const row: LabMergeRow = {
      id: `M${options.kernel}-${options.seed}-${asked.number}`,
      kernel: release,
      command: commandFor(options, asked.number),
      family: `${asked.damage.name} of ${asked.base.name}`,
      image: await save(asked.damage.bytes),
      originFile: await save(mergeOrigin(asked)),
      tableChunk: asked.tableChunk,
      blockSize: asked.blockSize,
      crash: verdict.crash,
      createRc: verdict.createRc,
      dmesg: verdict.dmesg,
      status: verdict.status,
      cowSha256After: verdict.merged?.cow ?? null,
      originSha256After: verdict.merged?.origin ?? null,
    };
    await appendFile(path.join(folder, "lab.jsonl"), `${JSON.stringify(row)}\n`);
  }
}
