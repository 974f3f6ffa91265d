import { type Device, deviceLabel } from "./device.ts";
import { type Found, type Resolved, WHOLE } from "./found.ts";
import type { VolumeText } from "./group-text.ts";
import type { Place } from "./layout.ts";
import { type AreaText, VolumeError } from "./segments.ts";
import { shown } from "./tokens.ts";
import { UnsupportedError } from "./unsupported.ts";

/** Finds where the areas of segments lie, by the names that the text has for them. */
export class Areas {
  private readonly numbers: ReadonlyMap<string, number>;
  /** What is known of a place on each device: shared by all that lie there. */
  private readonly onDevices: readonly Omit<Found, "place">[];

  /** @param resolve gives a volume that lies below; it throws what `Resolver.resolve` throws. */
  constructor(
    readonly extentBytes: number,
    private readonly devices: readonly Device[],
    private readonly volumes: ReadonlyMap<string, VolumeText>,
    private readonly resolve: (volume: VolumeText) => Resolved,
  ) {
    this.numbers = new Map(devices.map(({ text }, i) => [text.name, i]));
    this.onDevices = devices.map(({ text, size }, i) =>
      size === null
        ? { ...WHOLE, missing: new Set([deviceLabel(text)]) }
        : { ...WHOLE, devices: new Set([i]) },
    );
  }

  isRebuilt({ name }: AreaText): boolean {
    return this.volumes.get(name)?.status.has("REBUILD") ?? false;
  }

  /**
   * A name is one of a device first, then one of a volume (import_vsn1.c, text_import_areas).
   * @throws VolumeError, UnsupportedError
   */
  find({ name, extent }: AreaText, extents: number): Found {
    const number = this.numbers.get(name);
    if (number !== undefined) return this.onDevice(number, extent, extents);
    const volume = this.volumes.get(name);
    if (!volume) throw new VolumeError(`it lies on ${shown(name)}, which is not in the group`);
    const { layout, ...rest } = this.below(volume);
    const { extentBytes } = this;
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
    const known = this.onDevices[number];
    if (!device || !known) throw new RangeError(`there is no device ${number}`);
    const { text, size } = device;
    if (extent + extents > text.extents) {
      const last = extent + extents - 1;
      throw new VolumeError(`it lies on extent ${last} of ${text.name}, which has ${text.extents}`);
    }
    if (size === null) {
      const why = `it lies on ${deviceLabel(text)}, which is missing`;
      return { ...known, place: { at: "nowhere", why } };
    }
    const offset = text.start + extent * this.extentBytes;
    const end = offset + extents * this.extentBytes;
    if (!Number.isSafeInteger(end)) throw new VolumeError("it lies behind the end of any disk");
    const lacks = end > size ? `a part of it lies behind the end of ${text.name} as given` : null;
    return { ...known, lacks, place: { at: "device", device: number, offset } };
  }
}
