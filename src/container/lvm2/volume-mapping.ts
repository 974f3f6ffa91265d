import type { BlockSource } from "../../source/block-source.ts";
import type { Extent, Mapping } from "../../source/mapping.ts";
import { ExtentList } from "../tables/extent-list.ts";
import { type Layout, type Piece, type Place, pieceAt } from "./layout.ts";

/** A volume as a mapping onto the devices it lies on. */
export class VolumeMapping implements Mapping {
  readonly size: number;
  readonly children: readonly BlockSource[];
  private readonly childOf = new Map<number, number>();

  /**
   * @param used the devices that it lies on, by the number that places use.
   * @param devices of the group; null: not there.
   */
  constructor(
    readonly path: string,
    private readonly layout: Layout,
    used: ReadonlySet<number>,
    devices: readonly (BlockSource | null)[],
  ) {
    this.size = layout.bytes;
    const children: BlockSource[] = [];
    for (const device of [...used].sort((a, b) => a - b)) {
      const source = devices[device];
      if (source) this.childOf.set(device, children.push(source) - 1);
    }
    this.children = children;
  }

  extents(offset: number, length: number): Extent[] {
    const found = new ExtentList();
    this.add(found, this.layout, offset, length);
    return found.extents;
  }

  private add(to: ExtentList, { pieces }: Layout, offset: number, length: number): void {
    let at = offset;
    const end = offset + length;
    for (let i = pieceAt(pieces, offset); at < end; i++) {
      const piece = pieces[i];
      if (!piece) return;
      const until = Math.min(end, piece.start + piece.length);
      this.addPiece(to, piece, at - piece.start, until - at);
      at = until;
    }
  }

  /** drivers/md/dm-stripe.c, stripe_map_sector: the first stripe of each place, then the second … */
  private addPiece(to: ExtentList, piece: Piece, within: number, length: number): void {
    const { places, stripe } = piece;
    const [only] = places;
    if (only && places.length === 1) {
      this.addPlace(to, only, within, length);
      return;
    }
    for (let done = 0; done < length; ) {
      const at = within + done;
      const inStripe = at % stripe;
      const number = (at - inStripe) / stripe;
      const place = places[number % places.length];
      const run = Math.min(stripe - inStripe, length - done);
      if (!place) return;
      this.addPlace(to, place, Math.floor(number / places.length) * stripe + inStripe, run);
      done += run;
    }
  }

  private addPlace(to: ExtentList, place: Place, within: number, length: number): void {
    switch (place.at) {
      case "device":
        this.addDevice(to, place.device, place.offset + within, length);
        break;
      case "volume":
        this.add(to, place.layout, place.offset + within, length);
        break;
      case "zeros":
        to.zeros(length);
        break;
      case "nowhere":
        to.hole(place.why, length);
        break;
    }
  }

  private addDevice(to: ExtentList, device: number, offset: number, length: number): void {
    const child = this.childOf.get(device) ?? -1;
    const size = this.children[child]?.size ?? 0;
    const there = Math.max(0, Math.min(length, size - offset));
    to.child(child, offset, there);
    to.hole(`the device that holds it ends at byte ${size}`, length - there);
  }
}
