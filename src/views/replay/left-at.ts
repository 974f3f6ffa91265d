import type { ReplayLink } from "../../address/replay-link.ts";

/**
 * Where the replay of each open store was left, so that it is still there after a look at another
 * view. Forgotten with the store.
 */
export const leftAt = new WeakMap<object, ReplayLink>();
