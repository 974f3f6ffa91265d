import type { Core } from "../core.ts";
import { type Wanted, want } from "./endings.ts";
import { THREADS } from "./set-params.ts";

/** 255: no schedule ends so. */
const NEVER = 255;

/**
 * The schedule with the fewest switches that ends as wanted, the first in the alphabet if there are
 * several; null if there is none. For the parameters explored last.
 */
export function witness(core: Core, wanted: Wanted): { schedule: string; switches: number } | null {
  want(core, wanted);
  const switches = core.race_witness();
  if (switches === NEVER) return null;
  let schedule = "";
  for (;;) {
    const thread = THREADS[core.race_witness_next()];
    if (!thread) return { schedule, switches };
    schedule += thread;
  }
}
