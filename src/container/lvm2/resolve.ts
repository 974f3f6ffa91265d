import { belowFirst } from "./below-first.ts";
import { type Device, deviceLabel } from "./device.ts";
import type { GroupText, VolumeText } from "./group-text.ts";
import { appendPiece, type Layout, type Piece, type Place } from "./layout.ts";
import { countOf, listOf } from "./section-reader.ts";
import {
  type AreaText,
  areasOf,
  imagesOf,
  type Segment,
  segmentsOf,
  VolumeError,
} from "./segments.ts";
import { shown } from "./tokens.ts";
import { union } from "./union.ts";
import { UnsupportedError, unsupported } from "./unsupported.ts";

/** Where a volume lies, and what is not there of it. */
export interface Resolved {
  layout: Layout;
  /** The given devices that it lies on, by number. */
  devices: ReadonlySet<number>;
  /** Devices it lies on that were not given, MAX_MISSING of them at most: "pv1 (uuid …)". */
  missing: ReadonlySet<string>;
  /** A part lies behind the end of a device that was given. */
  short: boolean;
  /** Made of linear and striped segments alone, so that no other state decides what it holds. */
  plain: boolean;
  /** How one of several copies was chosen. */
  note: string | null;
  /** Volumes upon volumes: 1 lies on devices. */
  height: number;
}

/** A thin volume on its pool, that on its data, those on RAID images with integrity: five. */
const MAX_HEIGHT = 16;

/** Whoever lacks more than that is not helped by a longer list. */
const MAX_MISSING = 100;

/** The keys of a segment that name what it lies on. */
const AREA_LISTS = ["stripes", "mirrors", "raids", "raid0_lvs"];

/** A place with what is known of it: everything of `Resolved`, but for the layout. */
type Found = Omit<Resolved, "layout"> & { place: Place };

const NONE: ReadonlySet<never> = new Set();
const WHOLE = { devices: NONE, missing: NONE, short: false, plain: true, note: null, height: 1 };

/** Finds where the volumes of one group lie. */
export class Resolver {
  private readonly volumes: ReadonlyMap<string, VolumeText>;
  private readonly deviceNumbers: ReadonlyMap<string, number>;
  private readonly known = new Map<string, Resolved | VolumeError | UnsupportedError>();

  constructor(
    private readonly group: Pick<GroupText, "extentBytes" | "volumes">,
    private readonly devices: readonly Device[],
  ) {
    this.volumes = new Map(group.volumes.map((volume) => [volume.name, volume]));
    this.deviceNumbers = new Map(devices.map(({ text }, i) => [text.name, i]));
  }

  /** @throws VolumeError, UnsupportedError */
  resolve(volume: VolumeText): Resolved {
    if (!this.known.has(volume.name)) {
      belowFirst(
        volume,
        (one) => this.volumesUnder(one),
        ({ name }) => this.known.has(name),
        (one) => this.known.set(one.name, this.attempt(one)),
      );
    }
    return this.looked(volume);
  }

  private volumesUnder({ segments }: VolumeText): VolumeText[] {
    const lists = segments.flatMap((section) => AREA_LISTS.map((key) => listOf(section, key)));
    const names = new Set(lists.flat());
    return [...names].flatMap((name) => {
      const volume = typeof name === "string" ? this.volumes.get(name) : undefined;
      return volume ?? [];
    });
  }

  private attempt(volume: VolumeText): Resolved | VolumeError | UnsupportedError {
    try {
      return this.put(volume);
    } catch (error) {
      if (error instanceof VolumeError || error instanceof UnsupportedError) return error;
      throw error;
    }
  }

  /** @throws VolumeError, UnsupportedError */
  private looked({ name }: VolumeText): Resolved {
    const known = this.known.get(name);
    // Whoever is not known yet lies above of what asks for it.
    if (!known) throw new VolumeError("volumes lie on each other in a circle");
    if (known instanceof Error) throw known;
    return known;
  }

  private put(volume: VolumeText): Resolved {
    const { extentBytes } = this.group;
    const pieces: Piece[] = [];
    const all: Found[] = [];
    let bytes = 0;
    for (const segment of segmentsOf(volume)) {
      const { stripe, found } = this.segment(segment, volume);
      const length = segment.extents * extentBytes;
      appendPiece(pieces, {
        start: bytes,
        length,
        stripe,
        places: found.map(({ place }) => place),
      });
      all.push(...found);
      bytes += length;
    }
    if (!Number.isSafeInteger(bytes)) throw new VolumeError("it is larger than any disk");
    const height = all.reduce((most, found) => Math.max(most, found.height), 1);
    if (height > MAX_HEIGHT) {
      throw new VolumeError(`volumes lie upon volumes, more than ${MAX_HEIGHT} deep`);
    }
    return {
      layout: { bytes, pieces },
      devices: union(all.map(({ devices }) => devices)),
      missing: union(
        all.map(({ missing }) => missing),
        MAX_MISSING,
      ),
      short: all.some(({ short }) => short),
      plain: all.every(({ plain }) => plain),
      note: all.find(({ note }) => note !== null)?.note ?? null,
      height,
    };
  }

  private segment(segment: Segment, volume: VolumeText): { stripe: number; found: Found[] } {
    const { type, section, extents } = segment;
    const one = (found: Found) => ({ stripe: 0, found: [found] });
    switch (type) {
      case "linear":
      case "striped":
        return this.stripes(segment, areasOf(section, "stripes", countOf(section, "stripe_count")));
      case "raid0":
      case "raid0_meta": {
        const key = type === "raid0" ? "raid0_lvs" : "raids";
        return this.stripes(segment, imagesOf(section, key, countOf(section, "stripe_count")));
      }
      case "mirror":
        return one(this.mirror(segment));
      case "raid1": {
        const images = imagesOf(section, "raids", countOf(section, "device_count"));
        return one(this.copy(images, extents, "whether its legs are alike was not looked at"));
      }
      case "zero":
        return one({ ...WHOLE, plain: false, place: { at: "zeros" } });
      case "error": {
        const why = `a segment of ${volume.name} is of type error`;
        return one({ ...WHOLE, plain: false, place: { at: "nowhere", why } });
      }
      default:
        throw unsupported(type);
    }
  }

  private stripes({ extents, section }: Segment, areas: readonly AreaText[]) {
    const count = areas.length;
    if (extents % count !== 0) {
      throw new VolumeError(`its ${section.name} cannot be cut into ${count} stripes`);
    }
    const each = extents / count;
    const stripe = count === 1 ? 0 : (countOf(section, "stripe_size") ?? 0) * 512;
    // As dm-stripe.c demands it (stripe_ctr).
    if (count > 1 && (stripe === 0 || (each * this.group.extentBytes) % stripe !== 0)) {
      throw new VolumeError(`its ${section.name} cannot have stripes of ${stripe} bytes`);
    }
    return { stripe, found: areas.map((area) => this.area(area, each)) };
  }

  /** lib/mirror/mirrored.c: a move that has come to its end reads the new place, else the old. */
  private mirror({ extents, section }: Segment): Found {
    const legs = areasOf(section, "mirrors", countOf(section, "mirror_count"));
    const moved = countOf(section, "extents_moved");
    if (moved === null)
      return this.copy(legs, extents, "a mirror that is well reads its first leg");
    const leg = legs[moved === extents ? 1 : 0];
    if (!leg) throw new VolumeError(`its ${section.name} is moved to nowhere`);
    return { ...this.area(leg, extents), plain: false, note: "it is being moved (pvmove)" };
  }

  /** One of several copies: the first that is all there and is not being rebuilt. */
  private copy(legs: readonly AreaText[], extents: number, note: string): Found {
    const found = legs.map((leg) => ({ leg, ...this.area(leg, extents) }));
    const good = found.find(
      ({ leg, missing, short }) =>
        missing.size === 0 && !short && !this.volumes.get(leg.name)?.status.has("REBUILD"),
    );
    const chosen = good ?? found[0];
    if (!chosen) throw new VolumeError("it has no legs");
    const { leg, ...rest } = chosen;
    return { ...rest, plain: false, note: `it is read from ${leg.name}; ${note}` };
  }

  /** A name is one of a device first, then one of a volume (import_vsn1.c, text_import_areas). */
  private area({ name, extent }: AreaText, extents: number): Found {
    const number = this.deviceNumbers.get(name);
    if (number !== undefined) return this.onDevice(number, extent, extents);
    const volume = this.volumes.get(name);
    if (!volume) throw new VolumeError(`it lies on ${shown(name)}, which is not in the group`);
    const { layout, ...rest } = this.below(volume);
    const { extentBytes } = this.group;
    if ((extent + extents) * extentBytes > layout.bytes) {
      throw new VolumeError(`it lies behind the end of ${name}`);
    }
    const place: Place = { at: "volume", layout, offset: extent * extentBytes };
    return { ...rest, height: rest.height + 1, place };
  }

  private below(volume: VolumeText): Resolved {
    try {
      return this.looked(volume);
    } catch (error) {
      // Only the first reason is kept, or a tall stack would have long ones.
      const why = error instanceof Error ? error.message.replace(/^it lies on \S+: /, "") : "";
      const message = `it lies on ${volume.name}: ${why}`;
      if (error instanceof UnsupportedError) throw new UnsupportedError(message);
      if (error instanceof VolumeError) throw new VolumeError(message);
      throw error;
    }
  }

  private onDevice(number: number, extent: number, extents: number): Found {
    const device = this.devices[number];
    if (!device) throw new RangeError(`there is no device ${number}`);
    const { text, size } = device;
    if (extent + extents > text.extents) {
      const last = extent + extents - 1;
      throw new VolumeError(`it lies on extent ${last} of ${text.name}, which has ${text.extents}`);
    }
    const label = deviceLabel(text);
    if (size === null) {
      const why = `it lies on ${label}, which is missing`;
      return { ...WHOLE, missing: new Set([label]), place: { at: "nowhere", why } };
    }
    const offset = text.start + extent * this.group.extentBytes;
    const end = offset + extents * this.group.extentBytes;
    if (!Number.isSafeInteger(end)) throw new VolumeError("it lies behind the end of any disk");
    const devices = new Set([number]);
    return {
      ...WHOLE,
      devices,
      short: end > size,
      place: { at: "device", device: number, offset },
    };
  }
}
