import {
  ALLOC_BUFFERS,
  ALLOC_VARIANTS,
  type AllocBuffer,
  type AllocEvent,
  type AllocEventKind,
  type AllocFailure,
  type AllocVariant,
} from "../../protocol/alloc-area.ts";
import { type Core, rowOf } from "../core.ts";

/** In the core's order: EVENT_ALLOC … EVENT_FREE_AGAIN of wasm/race/alloc_area.ts. */
export const KINDS: readonly AllocEventKind[] = [
  "alloc",
  "alloc-fails",
  "ladder-free",
  "ladder-null",
  "free",
  "free-null",
  "free-again",
];

/** alloc_area() with one allocation failing, then free_area() under persistent_dtr(). */
export function allocArea(core: Core, variant: AllocVariant, failing: AllocBuffer): AllocFailure {
  const count = core.alloc_area_run(
    ALLOC_VARIANTS.indexOf(variant),
    ALLOC_BUFFERS.indexOf(failing),
  );
  const events: AllocEvent[] = [];
  for (let at = 0; at < count; at++) {
    events.push({
      kind: rowOf(KINDS, core.alloc_area_event(at)),
      buffer: rowOf(ALLOC_BUFFERS, core.alloc_area_buffer(at)),
    });
  }
  const having = (...kinds: AllocEventKind[]) =>
    events.filter(({ kind }) => kinds.includes(kind)).map(({ buffer }) => buffer);
  const nulled = having("ladder-null");
  const ladder = having("ladder-free");
  return {
    variant,
    failing,
    fails: having("alloc-fails").length > 0,
    events,
    ladder,
    standing: ALLOC_BUFFERS.filter((one) => ladder.includes(one) && !nulled.includes(one)),
    freedAgain: having("free-again"),
  };
}
