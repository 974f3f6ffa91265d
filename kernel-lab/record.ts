import { appendFile, mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { sha256 } from "../testing/digest.ts";
import { SECTOR } from "../testing/disk.ts";
import type { Case } from "./cases.ts";
import { countOf } from "./comparison.ts";
import type { Answered } from "./report.ts";
import type { Verdict } from "./verdict.ts";

/** Larger files are gzipped, as in the fixtures. */
const PLAIN_BYTES = 64 * 1024;

export async function record(
  answered: readonly Answered[],
  seed: number,
  folder: string,
): Promise<void> {
  const recorder = new Recorder(folder, seed);
  for (const { asked, verdict } of answered) await recorder.add(asked, verdict);
}

/** Writes cases as fixtures: images, origins, and a row in verdicts.jsonl for each. */
class Recorder {
  /** Origins already written, by their content. */
  private readonly origins = new Map<string, string>();

  constructor(
    private readonly folder: string,
    private readonly seed: number,
  ) {}

  async add(asked: Case, verdict: Verdict): Promise<void> {
    const id = `K${this.seed}-${asked.number}`;
    const file = await this.save(`images/${id}.img`, asked.damage.bytes);
    const digest = sha256(asked.base.origin);
    const name = `origins/${asked.base.name}-${digest.slice(0, 8)}.img`;
    const origin = this.origins.get(digest) ?? (await this.save(name, asked.base.origin));
    this.origins.set(digest, origin);
    const row = { id, ...question(asked), file, origin, ...answer(asked, verdict) };
    await appendFile(path.join(this.folder, "verdicts.jsonl"), `${JSON.stringify(row)}\n`);
  }

  /** The name under which it is saved. */
  private async save(name: string, bytes: Uint8Array): Promise<string> {
    const gzip = bytes.length > PLAIN_BYTES;
    const saved = gzip ? `${name}.gz` : name;
    const full = path.join(this.folder, saved);
    await mkdir(path.dirname(full), { recursive: true });
    await writeFile(full, gzip ? gzipSync(bytes) : bytes);
    return saved;
  }
}

function question({ base, damage, originSectors, tableChunk, blockSize }: Case) {
  return {
    family: damage.name,
    note: "",
    base: base.name,
    base_chunk: base.store.spec.chunkSectors,
    sha256: sha256(damage.bytes),
    cow_sectors: damage.bytes.length / SECTOR,
    origin_sectors: originSectors,
    recipe: damage.recipe,
    table_chunk_sectors: tableChunk,
    block_size: blockSize,
  };
}

function answer({ damage, originSectors }: Case, verdict: Verdict) {
  const { snapshot, change } = verdict;
  return {
    crash: verdict.crash,
    create_rc: verdict.createRc,
    create_stderr: verdict.createStderr,
    dmesg: verdict.dmesg,
    status: verdict.status,
    status_after_read: verdict.statusAfterRead,
    table: verdict.table,
    sha256_snapshot: snapshot?.sha256 ?? null,
    snapshot_bytes: snapshot === null ? null : originSectors * SECTOR,
    unreadable_chunks: snapshot?.unreadable ?? null,
    unreadable_count: snapshot === null ? null : countOf(snapshot.unreadable),
    read_chunk_bytes: snapshot?.chunkBytes ?? null,
    read_errno: snapshot?.errno ?? null,
    dmesg_read: snapshot?.dmesg ?? null,
    cow_modified: change !== null,
    cow_modified_sectors: change === null ? [] : change.sectors.flatMap(expand),
    cow_sha256_after: change?.sha256 ?? sha256(damage.bytes),
  };
}

const expand = ([first, last]: [number, number]) =>
  Array.from({ length: last - first + 1 }, (_, index) => first + index);
