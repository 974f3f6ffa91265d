import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { run } from "./shell.ts";

/**
 * Activate a copy of this store, read the whole snapshot, take it down; or merge it into a copy of
 * its origin, which then is as long as the table line says.
 */
export interface Activation {
  kind: "activate" | "merge";
  id: string;
  cow: Uint8Array;
  origin: Uint8Array;
  /** The length in the table line; the origin itself may be longer. */
  originSectors: number;
  tableChunk: number;
  /** Logical block size of both devices, in bytes. */
  blockSize: number;
}

/** Writes to the snapshot or to its origin, each pair [start, count] in sectors one write. */
export interface Writes {
  target: "snap" | "orig";
  tag: string;
  sectors: readonly (readonly [start: number, count: number])[];
}

/** Let the kernel make a store: a snapshot over an empty COW device, and writes to both sides. */
export interface StoreMaking {
  kind: "make";
  id: string;
  origin: Uint8Array;
  cowSectors: number;
  chunkSectors: number;
  writes: readonly Writes[];
}

export type Job = Activation | StoreMaking;

const SECTOR = 512;

/** Writes the jobs as the tar that guest/init.sh unpacks: their files, and a script of calls. */
export async function packJobs(jobs: readonly Job[], folder: string): Promise<string> {
  const tree = path.join(folder, "jobs");
  await mkdir(path.join(tree, "results"), { recursive: true });
  const origins = new Map<Uint8Array, string>();
  const script: string[] = [];
  for (const job of jobs) {
    // Many jobs share one origin.
    const origin = origins.get(job.origin) ?? `${origins.size}.origin`;
    if (!origins.has(job.origin)) await writeFile(path.join(tree, origin), job.origin);
    origins.set(job.origin, origin);
    if (job.kind !== "make") await writeFile(path.join(tree, `${job.id}.cow`), job.cow);
    script.push(...calls(job, origin), "");
  }
  await writeFile(path.join(tree, "jobs.sh"), script.join("\n"));
  const archive = path.join(folder, "jobs.tar");
  await run("tar", ["--create", "--format=ustar", "--file", archive, "--directory", tree, "."]);
  return archive;
}

/** The functions of guest/steps.sh that do this job. */
function calls(job: Job, origin: string): string[] {
  if (job.kind !== "make") {
    const { kind, id, originSectors, tableChunk, blockSize } = job;
    return [`${kind} ${id} ${id}.cow ${origin} ${originSectors} ${tableChunk} ${blockSize}`];
  }
  const { id, cowSectors, chunkSectors } = job;
  const originSectors = job.origin.length / SECTOR;
  return [
    `new_store ${id} ${origin} ${originSectors} ${cowSectors} ${chunkSectors}`,
    ...job.writes.map((w) => `write_to ${w.target} ${w.tag} ${w.sectors.flat().join(" ")}`),
    `keep_store ${id}`,
  ];
}
