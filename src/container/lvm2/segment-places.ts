import type { Areas } from "./areas.ts";
import { type Found, WHOLE } from "./found.ts";
import { countOf } from "./section-reader.ts";
import { type AreaText, areasOf, imagesOf, type Segment, VolumeError } from "./segments.ts";
import { unsupported } from "./unsupported.ts";

interface Places {
  stripe: number;
  found: Found[];
}

/**
 * Where a segment of the volume `name` lies: `stripe` bytes on each place in turn.
 * @throws VolumeError, UnsupportedError
 */
export function placesOf(segment: Segment, name: string, areas: Areas): Places {
  const { type, section, extents } = segment;
  const one = (found: Found) => ({ stripe: 0, found: [found] });
  switch (type) {
    case "linear":
    case "striped":
      return stripes(segment, areasOf(section, "stripes", countOf(section, "stripe_count")), areas);
    case "raid0":
    case "raid0_meta": {
      const key = type === "raid0" ? "raid0_lvs" : "raids";
      return stripes(segment, imagesOf(section, key, countOf(section, "stripe_count")), areas);
    }
    case "mirror":
      return one(mirror(segment, areas));
    case "raid1": {
      const images = imagesOf(section, "raids", countOf(section, "device_count"));
      return one(copy(images, extents, "whether its legs are alike was not looked at", areas));
    }
    case "zero":
      return one({ ...WHOLE, plain: false, place: { at: "zeros" } });
    case "error": {
      const why = `a segment of ${name} is of type error`;
      return one({ ...WHOLE, plain: false, lacks: why, place: { at: "nowhere", why } });
    }
    default:
      throw unsupported(type);
  }
}

function stripes({ extents, section }: Segment, list: readonly AreaText[], areas: Areas): Places {
  const count = list.length;
  if (extents % count !== 0) {
    throw new VolumeError(`its ${section.name} cannot be cut into ${count} stripes`);
  }
  const each = extents / count;
  const stripe = count === 1 ? 0 : (countOf(section, "stripe_size") ?? 0) * 512;
  // As dm-stripe.c demands it (stripe_ctr).
  if (count > 1 && (stripe === 0 || (each * areas.extentBytes) % stripe !== 0)) {
    throw new VolumeError(`its ${section.name} cannot have stripes of ${stripe} bytes`);
  }
  return { stripe, found: list.map((area) => areas.find(area, each)) };
}

/** lib/mirror/mirrored.c: a move that has come to its end reads the new place, else the old. */
function mirror({ extents, section }: Segment, areas: Areas): Found {
  const legs = areasOf(section, "mirrors", countOf(section, "mirror_count"));
  const moved = countOf(section, "extents_moved");
  if (moved === null)
    return copy(legs, extents, "a mirror that is well reads its first leg", areas);
  const leg = legs[moved === extents ? 1 : 0];
  if (!leg) throw new VolumeError(`its ${section.name} is moved to nowhere`);
  return { ...areas.find(leg, extents), plain: false, note: "it is being moved (pvmove)" };
}

/** One of several copies: the first that is all there and is not being rebuilt. */
function copy(legs: readonly AreaText[], extents: number, note: string, areas: Areas): Found {
  const found = legs.map((leg) => ({ leg, ...areas.find(leg, extents) }));
  const good = found.find(
    ({ leg, missing, lacks }) => missing.size === 0 && lacks === null && !areas.isRebuilt(leg),
  );
  const chosen = good ?? found[0];
  if (!chosen) throw new VolumeError("it has no legs");
  const { leg, ...rest } = chosen;
  return { ...rest, plain: false, note: `it is read from ${leg.name}; ${note}` };
}
