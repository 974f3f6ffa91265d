import { createReadStream } from "node:fs";
import type { Readable } from "node:stream";
import { makeCore } from "../engine/core.ts";
import { BadDump } from "../engine/dump/dump-item.ts";
import { readDump } from "../engine/dump/read-dump.ts";
import { StoreRestorer } from "../engine/dump/restore-store.ts";
import { FileSink } from "../source/node/file-sink.ts";
import { readArguments } from "./arguments.ts";
import { loadCore } from "./load-core.ts";
import { writingTo } from "./out-file.ts";
import { complain } from "./terminal.ts";
import { UsageError } from "./usage.ts";

/** `cowscope restore`: a store with the header and areas that a dump tells of. */
export async function restoreCommand(args: string[]): Promise<number> {
  const { operands, values } = readArguments(args, { flags: [], values: ["out"] });
  const [dump, ...more] = operands;
  const out = values.get("out");
  if (dump === undefined || more.length > 0) throw new UsageError("name one dump");
  if (out === undefined) throw new UsageError("--out FILE is needed");
  return writingTo(out, restore(dump, out));
}

/** @throws SinkError */
async function restore(dump: string, out: string): Promise<number> {
  const stdin = dump === "-";
  const core = await makeCore(await loadCore());
  let sink: FileSink | null = null;
  try {
    sink = FileSink.open(out, stdin ? [] : [dump]);
    const restorer = new StoreRestorer(core, sink);
    const stream = stdin ? process.stdin : createReadStream(dump);
    for await (const item of readDump(textOf(stream))) await restorer.take(item);
    await restorer.finish();
    sink.finish();
    return 0;
  } catch (error) {
    sink?.abandon();
    if (!isTrouble(error)) throw error;
    complain(`cowscope restore: ${dump} could not be restored: ${error.message}`);
    return 1;
  }
}

async function* textOf(stream: Readable): AsyncGenerator<string> {
  stream.setEncoding("utf8");
  for await (const chunk of stream) yield String(chunk);
}

/** What a file can be; anything else is our own fault. */
function isTrouble(error: unknown): error is Error {
  return error instanceof BadDump || (error instanceof Error && "syscall" in error);
}
