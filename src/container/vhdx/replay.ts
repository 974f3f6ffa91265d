import type { BlockSource } from "../../source/block-source.ts";
import { MappedSource } from "../../source/mapped-source.ts";
import { type Run, Runs } from "../tables/runs.ts";
import { LOG_SECTOR, type LogEntry } from "./log-entry.ts";

interface Span {
  start: number;
  end: number;
}

/** The file as it would be after the log was replayed; the file itself stays as it is. */
export function replayed(file: BlockSource, entries: readonly LogEntry[]): BlockSource {
  const sectors = new Map<number, Uint8Array>();
  const zeros: Span[] = [];
  let size = file.size;
  for (const { writes, last } of entries) {
    size = Math.max(size, Math.min(Number(last), Number.MAX_SAFE_INTEGER));
    for (const write of writes) {
      const start = Number(write.offset);
      if ("bytes" in write) sectors.set(start, write.bytes);
      else {
        const end = start + Number(write.zeros);
        zeros.push({ start, end });
        for (const at of sectors.keys()) {
          if (at >= start && at + LOG_SECTOR <= end) sectors.delete(at);
        }
      }
    }
  }
  const runs = runsOf(size, sectors, merged(zeros));
  return new MappedSource(new Runs("vhdx log", [file], runs));
}

/** Sectors lie over zeros, and both over the file. */
function runsOf(size: number, sectors: ReadonlyMap<number, Uint8Array>, zeros: readonly Span[]) {
  const runs: Run[] = [];
  let at = 0;
  let next = 0;
  const below = (until: number) => {
    while (at < until) {
      while ((zeros[next]?.end ?? Number.POSITIVE_INFINITY) <= at) next++;
      const { start, end } = zeros[next] ?? { start: until, end: until };
      const isZero = start <= at;
      const length = Math.min(isZero ? end : start, until) - at;
      runs.push(
        isZero ? { from: "zeros", length } : { from: "child", child: 0, offset: at, length },
      );
      at += length;
    }
  };
  for (const [start, bytes] of [...sectors].sort(([a], [b]) => a - b)) {
    if (start < at || start + bytes.length > size) continue;
    below(start);
    runs.push({ from: "bytes", bytes, length: bytes.length });
    at = start + bytes.length;
  }
  below(size);
  return runs;
}

function merged(spans: readonly Span[]): Span[] {
  const found: Span[] = [];
  for (const { start, end } of [...spans].sort((a, b) => a.start - b.start)) {
    const last = found.at(-1);
    if (last && start <= last.end) last.end = Math.max(last.end, end);
    else if (end > start) found.push({ start, end });
  }
  return found;
}
