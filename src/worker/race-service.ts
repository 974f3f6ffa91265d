import { Race } from "../engine/race/race.ts";
import { ALLOC_BUFFERS, ALLOC_VARIANTS } from "../protocol/alloc-area.ts";
import type { RaceService } from "../protocol/race-service.ts";

/** The race as the page's worker offers it, over an instance of the core of its own. */
export function createRaceService(loadCore: () => Promise<WebAssembly.Module>): RaceService {
  let loading: Promise<Race> | null = null;
  const race = (): Promise<Race> => {
    loading ??= loadCore().then((compiled) => Race.load(compiled));
    return loading;
  };
  return {
    explore: async (...asked) => (await race()).explore(...asked),
    witness: async (...asked) => (await race()).witness(...asked),
    progress: async (...asked) => (await race()).progress(...asked),
    fate: async (...asked) => (await race()).fate(...asked),
    replay: async (...asked) => (await race()).replay(...asked),
    leftBehind: async (...asked) => (await race()).leftBehind(...asked),
    retrace: async (...asked) => (await race()).retrace(...asked),
    backwards: async (...asked) => (await race()).backwards(...asked),
    allocArea: async () => {
      const loaded = await race();
      return ALLOC_VARIANTS.flatMap((variant) =>
        ALLOC_BUFFERS.map((failing) => loaded.allocArea(variant, failing)),
      );
    },
  };
}
