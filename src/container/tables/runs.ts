import type { BlockSource } from "../../source/block-source.ts";
import type { Extent, Mapping } from "../../source/mapping.ts";
import { ExtentList } from "./extent-list.ts";

/** A part of a layer that is one run of bytes somewhere. */
export type Run =
  | { from: "child"; child: number; offset: number; length: number }
  | { from: "zeros"; length: number }
  | { from: "bytes"; bytes: Uint8Array; length: number }
  | { from: "hole"; why: string; length: number };

/** A layer made of runs, one after the other; what a child is too short for is a hole. */
export class Runs implements Mapping {
  readonly size: number;
  private readonly starts: number[] = [];

  constructor(
    readonly path: string,
    readonly children: readonly BlockSource[],
    private readonly runs: readonly Run[],
  ) {
    let size = 0;
    for (const { length } of runs) {
      this.starts.push(size);
      size += length;
    }
    this.size = size;
  }

  extents(offset: number, length: number): Extent[] {
    const out = new ExtentList();
    const end = offset + length;
    let at = offset;
    for (let i = this.runAt(offset); at < end; i++) {
      const run = this.runs[i];
      const start = this.starts[i];
      if (!run || start === undefined) break;
      const part = Math.min(start + run.length, end) - at;
      this.place(out, run, at - start, part);
      at += part;
    }
    return out.extents;
  }

  private place(out: ExtentList, run: Run, within: number, length: number): void {
    if (run.from === "zeros") out.zeros(length);
    else if (run.from === "hole") out.hole(run.why, length);
    else if (run.from === "bytes") out.bytes(run.bytes.subarray(within, within + length));
    else {
      const child = this.children[run.child];
      if (child) out.childOrHole(run.child, child, run.offset + within, length);
    }
  }

  /** The last run that begins at or before `offset`. */
  private runAt(offset: number): number {
    let low = 0;
    let high = this.starts.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((this.starts[middle] ?? 0) <= offset) low = middle;
      else high = middle;
    }
    return low;
  }
}
