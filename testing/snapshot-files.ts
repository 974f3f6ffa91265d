import { checkStore } from "../src/engine/check/check.ts";
import { openSnapshotFiles, type SnapshotFiles } from "../src/engine/files/snapshot-files.ts";
import { DEFAULT_OPTIONS } from "../src/protocol/check.ts";
import type { FileEntry, FilesProblem } from "../src/protocol/files.ts";
import type { BlockSource } from "../src/source/block-source.ts";
import { diskRow } from "./disk-rows.ts";
import { compiledCore, machineOfRow } from "./machine.ts";

const GO_ON = { afterBatch: () => true };

/** COW device and origin of the one snapshot of a row of fixtures/disks. */
export async function storeOfRow(id: string): Promise<{ cow: BlockSource; origin: BlockSource }> {
  const { tree, sources } = await machineOfRow(diskRow(id));
  const [store] = tree.stores;
  const cow = store && sources.get(store.node);
  const origin = store?.origin && sources.get(store.origin.node);
  if (!cow || !origin) throw new Error(`${id} has no snapshot with its origin`);
  return { cow, origin };
}

export async function filesOf(cow: BlockSource, origin: BlockSource): Promise<SnapshotFiles> {
  const options = { ...DEFAULT_OPTIONS, originSectors: BigInt(origin.size / 512) };
  const checked = await checkStore(compiledCore, cow, options, true, GO_ON);
  if (!checked) throw new Error("nobody cancelled it");
  const store = { name: "cow", facts: checked.facts, cow, rows: checked.core };
  const named = { name: "origin", source: origin };
  const opened = await openSnapshotFiles(compiledCore, store, named, GO_ON);
  if (!opened.ok) throw new Error(opened.problem.message);
  return opened.value;
}

export async function listAll(
  files: SnapshotFiles,
): Promise<{ entries: FileEntry[]; problems: FilesProblem[] }> {
  const problems: FilesProblem[] = [];
  const entries: FileEntry[] = [];
  for await (const entry of files.list("/", true, (one) => void problems.push(one))) {
    entries.push(entry);
  }
  return { entries, problems };
}

/** What of a file can be read; null where not all of it can. */
export async function contentOf(files: SnapshotFiles, path: string): Promise<Buffer | null> {
  const parts: Uint8Array[] = [];
  const sink = {
    write: (bytes: Uint8Array) => void parts.push(bytes),
    finish: () => {},
    abandon: () => {},
  };
  const written = await files.extract(path, sink, false);
  return written.ok ? Buffer.concat(parts) : null;
}
