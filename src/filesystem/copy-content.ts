import type { Sink } from "../source/sink/sink.ts";
import { Budget, walkSteps } from "./budget.ts";
import { silentTrail } from "./describe.ts";
import { type Device, isLost } from "./device.ts";
import type { FileSystem, Inode } from "./file-system.ts";
import { Invalid } from "./invalid.ts";

/** Bytes in memory at a time. */
const STEP = 1 << 20;
/** The longest hole that is written out, byte by byte, where a sink cannot skip. */
const MOST_ZEROS = 2 ** 32;

/** A run of a file that cannot be read, in bytes. */
export interface Missing {
  offset: number;
  length: number;
}

/**
 * Writes a file's content; the sink is left for the caller to end.
 * @param partial whether zeros are written for what cannot be read. @returns what that was.
 * @throws Invalid where what says which bytes they are makes no sense; SourceError, SinkError
 */
export async function copyContent(
  device: Device,
  system: FileSystem,
  inode: Inode,
  sink: Sink,
  partial: boolean,
): Promise<Missing[]> {
  const size = Number(inode.size);
  if (!Number.isSafeInteger(size))
    throw new Invalid(`a file of ${inode.size} bytes cannot be written`);
  const missing: Missing[] = [];
  let done = 0;
  for await (const piece of system.pieces(
    inode,
    silentTrail(new Budget(walkSteps(Number(system.facts.bytes)))),
  )) {
    const at = Number(piece.at);
    await zeros(sink, at - done);
    done = at + piece.length;
    if (piece.bytes) await sink.write(piece.bytes.slice());
    for (let from = 0; piece.offset !== null && from < piece.length; from += STEP) {
      const length = Math.min(STEP, piece.length - from);
      await run(piece.offset + from, at + from, length);
    }
  }
  await zeros(sink, size - done);
  return missing;

  /** What cannot be read in one piece is read block by block. */
  async function run(offset: number, at: number, length: number): Promise<void> {
    const { blockBytes } = system.facts;
    try {
      await sink.write(await device.content(offset, length));
    } catch (error) {
      if (!partial || !isLost(error)) throw error;
      if (length > blockBytes) {
        for (let from = 0; from < length; from += blockBytes) {
          await run(offset + from, at + from, Math.min(blockBytes, length - from));
        }
        return;
      }
      await zeros(sink, length);
      const last = missing.at(-1);
      if (last && last.offset + last.length === at) last.length += length;
      else missing.push({ offset: at, length });
    }
  }
}

async function zeros(sink: Sink, length: number): Promise<void> {
  if (length === 0) return;
  if (sink.skip) return sink.skip(length);
  if (length > MOST_ZEROS)
    throw new Invalid(`it has a hole of ${length} bytes, which is too long to be written here`);
  for (let left = length; left > 0; left -= STEP)
    await sink.write(new Uint8Array(Math.min(STEP, left)));
}
