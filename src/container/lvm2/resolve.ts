import { Areas } from "./areas.ts";
import { belowFirst } from "./below-first.ts";
import type { Device } from "./device.ts";
import type { Found, Resolved } from "./found.ts";
import type { GroupText, VolumeText } from "./group-text.ts";
import { appendPiece, type Piece } from "./layout.ts";
import { listOf } from "./section-reader.ts";
import { placesOf } from "./segment-places.ts";
import { segmentsOf, VolumeError } from "./segments.ts";
import { union } from "./union.ts";
import { UnsupportedError } from "./unsupported.ts";

/** A thin volume on its pool, that on its data, those on RAID images with integrity: five. */
const MAX_HEIGHT = 16;

/** Whoever lacks more than that is not helped by a longer list. */
const MAX_MISSING = 100;

/** The keys of a segment that name what it lies on. */
const AREA_LISTS = ["stripes", "mirrors", "raids", "raid0_lvs"];

/** Finds where the volumes of one group lie. */
export class Resolver {
  private readonly volumes: ReadonlyMap<string, VolumeText>;
  private readonly areas: Areas;
  private readonly known = new Map<string, Resolved | VolumeError | UnsupportedError>();

  constructor({ extentBytes, volumes }: GroupText, devices: readonly Device[]) {
    this.volumes = new Map(volumes.map((volume) => [volume.name, volume]));
    this.areas = new Areas(extentBytes, devices, this.volumes, (volume) => this.looked(volume));
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
    const pieces: Piece[] = [];
    const all: Found[] = [];
    let bytes = 0;
    for (const segment of segmentsOf(volume)) {
      const { stripe, found } = placesOf(segment, volume.name, this.areas);
      const length = segment.extents * this.areas.extentBytes;
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
      lacks: all.find(({ lacks }) => lacks !== null)?.lacks ?? null,
      plain: all.every(({ plain }) => plain),
      note: all.find(({ note }) => note !== null)?.note ?? null,
      height,
    };
  }
}
