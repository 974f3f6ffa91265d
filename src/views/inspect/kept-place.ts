import { readAddress } from "../../address/address.ts";
import { keepInAddress } from "../../address/history-entry.ts";
import { INSPECT_START, type InspectLink, unlessStart } from "../../address/inspect-address.ts";

/** Browsers let an address change only so often. */
const ADDRESS_AFTER_MS = 250;

/** Where each open store was left, so that it is still there after a look at another view. */
const leftAt = new WeakMap<object, InspectLink>();

/** Where in the view one is, kept in the address. */
export class KeptPlace {
  readonly #store: object;
  #link: InspectLink;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** @param store stands for the open store. */
  constructor(store: object) {
    this.#store = store;
    this.#link = readAddress(location.hash).inspect ?? leftAt.get(store) ?? INSPECT_START;
  }

  get link(): InspectLink {
    return this.#link;
  }

  keep(part: Partial<InspectLink>): void {
    this.#link = { ...this.#link, ...part };
    leftAt.set(this.#store, this.#link);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#write(), ADDRESS_AFTER_MS);
  }

  /** The view is left: the address is another's. */
  leave(): void {
    clearTimeout(this.#timer);
  }

  #write(): void {
    keepInAddress("inspect", { inspect: unlessStart(this.#link) });
  }
}
