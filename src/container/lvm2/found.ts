import type { Layout, Place } from "./layout.ts";

/** Where a volume lies, and what is not there of it. */
export interface Resolved {
  layout: Layout;
  /** The given devices that it lies on, by number. */
  devices: ReadonlySet<number>;
  /** Devices it lies on that were not given, MAX_MISSING of them at most: "pv1 (uuid …)". */
  missing: ReadonlySet<string>;
  /** Why a part is not there though no device is missing; null: none such. */
  lacks: string | null;
  /** Made of linear and striped segments alone, so that no other state decides what it holds. */
  plain: boolean;
  /** How one of several copies was chosen. */
  note: string | null;
  /** Volumes upon volumes: 1 lies on devices. */
  height: number;
}

/** A place with what is known of it: everything of `Resolved`, but for the layout. */
export type Found = Omit<Resolved, "layout"> & { place: Place };

const NONE: ReadonlySet<never> = new Set();

/** What is known of a place that lacks nothing. */
export const WHOLE = {
  devices: NONE,
  missing: NONE,
  lacks: null,
  plain: true,
  note: null,
  height: 1,
};
