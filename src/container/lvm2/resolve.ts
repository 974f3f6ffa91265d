import type { DeviceText, GroupText, VolumeText } from "./group-text.ts";
import type { Layout, Piece, Place } from "./layout.ts";
import { countOf } from "./section-reader.ts";
import {
  type AreaText,
  areasOf,
  imagesOf,
  type Segment,
  segmentsOf,
  VolumeError,
} from "./segments.ts";
import { UnsupportedError, unsupported } from "./unsupported.ts";

/** A device of the group, and how much of it was given. */
export interface Device {
  text: DeviceText;
  /** In bytes; null: it was not given. */
  size: number | null;
}

/** Where a volume lies, and what is not there of it. */
export interface Resolved {
  layout: Layout;
  /** Devices it lies on that were not given: "pv1 (uuid …)". */
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

/** LVM itself stacks five (a snapshot's origin on a thin pool on RAID with integrity). */
const MAX_HEIGHT = 16;

/** A place with what is known of it: everything of `Resolved`, but for the layout. */
type Found = Omit<Resolved, "layout"> & { place: Place };

const WHOLE = { missing: new Set<string>(), short: false, plain: true, note: null, height: 1 };

export const deviceLabel = ({ name, uuid }: DeviceText) => `${name} (uuid ${uuid})`;

/** Finds where the volumes of one group lie. */
export class Resolver {
  private readonly volumes: ReadonlyMap<string, VolumeText>;
  private readonly deviceNumbers: ReadonlyMap<string, number>;
  private readonly known = new Map<string, Resolved | Error>();
  private readonly under = new Set<string>();

  constructor(
    private readonly group: Pick<GroupText, "extentBytes" | "volumes">,
    private readonly devices: readonly Device[],
  ) {
    this.volumes = new Map(group.volumes.map((volume) => [volume.name, volume]));
    this.deviceNumbers = new Map(devices.map(({ text }, i) => [text.name, i]));
  }

  /** @throws VolumeError, UnsupportedError */
  resolve(volume: VolumeText): Resolved {
    const known = this.known.get(volume.name);
    if (known instanceof Error) throw known;
    if (known) return known;
    if (this.under.has(volume.name)) throw new VolumeError(`${volume.name} lies on itself`);
    if (this.under.size >= MAX_HEIGHT) throw tooHigh(volume);
    this.under.add(volume.name);
    try {
      const resolved = this.put(volume);
      this.known.set(volume.name, resolved);
      return resolved;
    } catch (error) {
      if (error instanceof Error) this.known.set(volume.name, error);
      throw error;
    } finally {
      this.under.delete(volume.name);
    }
  }

  private put(volume: VolumeText): Resolved {
    const { extentBytes } = this.group;
    const pieces: Piece[] = [];
    const all: Found[] = [];
    let bytes = 0;
    for (const segment of segmentsOf(volume)) {
      const { stripe, found } = this.segment(segment, volume);
      const length = segment.extents * extentBytes;
      append(pieces, { start: bytes, length, stripe, places: found.map(({ place }) => place) });
      all.push(...found);
      bytes += length;
    }
    if (!Number.isSafeInteger(bytes)) throw new VolumeError("it is larger than any disk");
    const height = all.reduce((most, found) => Math.max(most, found.height), 1);
    if (height > MAX_HEIGHT) throw tooHigh(volume);
    return {
      layout: { bytes, pieces },
      missing: new Set(all.flatMap(({ missing }) => [...missing])),
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
    if (moved === null) return this.copy(legs, extents, "the first leg is what a mirror reads");
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
    if (!volume) throw new VolumeError(`it lies on ${short(name)}, which is not in the group`);
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
      return this.resolve(volume);
    } catch (error) {
      const of = `it lies on ${volume.name}`;
      if (error instanceof UnsupportedError) throw new UnsupportedError(`${of}: ${error.message}`);
      if (error instanceof VolumeError) throw new VolumeError(`${of}: ${error.message}`);
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
    return { ...WHOLE, short: end > size, place: { at: "device", device: number, offset } };
  }
}

const short = (name: string) => (name.length > 127 ? `${name.slice(0, 127)}…` : name);

function tooHigh({ name }: VolumeText): VolumeError {
  return new VolumeError(`${name} lies on volumes upon volumes, more than ${MAX_HEIGHT} deep`);
}

/** Runs that follow each other in one device become one. */
function append(pieces: Piece[], piece: Piece): void {
  const last = pieces.at(-1);
  if (last && follows(last, piece)) last.length += piece.length;
  else pieces.push(piece);
}

function follows(last: Piece, next: Piece): boolean {
  const [before] = last.places;
  const [after] = next.places;
  if (last.places.length !== 1 || next.places.length !== 1) return false;
  if (before?.at !== "device" || after?.at !== "device") return false;
  return before.device === after.device && before.offset + last.length === after.offset;
}
