import { areaChunk } from "../disk.ts";
import type { Rng } from "../random.ts";
import type { Op } from "../recipe.ts";
import { type Damages, severalAreas, type Target } from "./target.ts";

const truncate = (sectors: number): Op[] => [{ op: "truncate", sectors }];
const extend = (sectors: number): Op[] => [{ op: "extend_with_zeros", sectors }];

/** The first sector of a random area but the first. */
const laterArea = (target: Target, rng: Rng) =>
  areaChunk(rng.between(1, target.areas - 1), target.chunkSectors) * target.chunkSectors;

/** Damage to the size of the COW device. */
export const deviceDamages: Damages = {
  truncate: { recipe: ({ sectors }, rng) => truncate(rng.between(0, sectors)) },
  truncate_before_area: {
    needs: severalAreas,
    recipe: (target, rng) => truncate(laterArea(target, rng)),
  },
  truncate_inside_area: {
    needs: severalAreas,
    recipe: (target, rng) =>
      truncate(laterArea(target, rng) + rng.below(Math.max(1, target.chunkSectors))),
  },
  truncate_data: { recipe: ({ sectors }) => truncate(Math.floor(sectors / 2)) },
  truncate_last_data_chunk: {
    recipe: ({ sectors, chunkSectors }) => truncate(sectors - Math.ceil(chunkSectors / 2)),
  },
  extended: { recipe: ({ sectors }, rng) => extend(sectors + rng.between(1, 512)) },
  extended_odd: { recipe: ({ sectors }, rng) => extend(sectors + rng.pick([1, 3, 5])) },
};
