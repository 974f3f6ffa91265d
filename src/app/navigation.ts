import { type Address, readAddress, START, type ViewId, writeAddress } from "../address/address.ts";
import { entryState, type LocalFile, writeEntry } from "../address/history-entry.ts";
import type { BrokenPart } from "../address/replay-address.ts";
import type { Image } from "../client/held-store.ts";
import { type CheckOptions, DEFAULT_OPTIONS } from "../protocol/check.ts";
import type { NamedFile } from "../protocol/store-service.ts";
import { fetchSample } from "../views/start/fetch-sample.ts";
import { findSample, type Sample } from "../views/start/samples.ts";
import { bytesOf } from "./handed.ts";
import { namesOf } from "./names-of.ts";
import { notInStore } from "./not-in-store.ts";
import { sampleNotFetched, sampleUnknown } from "./sample-problems.ts";
import type { Session, Wanted } from "./session.ts";

export interface Place {
  address: Address;
  /** The file of this machine that is open, or was when this place was left. */
  file: LocalFile | null;
  /** Whether that file has to be handed over again: a page cannot open it by itself. */
  lost: boolean;
  /** Which image under which options, "" for none: another one is another place. */
  subject: string;
  /** The sample whose bytes are on their way. */
  fetching: Sample | null;
  /** What of the address could not be read. */
  broken: readonly BrokenPart[];
}

/**
 * Where the page stands: the browser's history, the address and the open image kept in step. What a
 * person does makes an entry of the history; Back, Forward and Reload open what the entry names.
 */
export class Navigation {
  readonly #session: Session;
  readonly #listeners = new Set<() => void>();
  /** The files opened last, so that Back finds them. */
  readonly #files = new Map<string, Handed>();
  /** The sample fetched last, so that its disk is looked into once. */
  #sample: { id: string; images: readonly Image[] } | null = null;
  #place: Place = {
    address: START,
    file: null,
    lost: false,
    subject: "",
    fetching: null,
    broken: [],
  };
  #turn = 0;
  /** Files that were opened since the page was loaded. */
  #count = 0;

  constructor(session: Session) {
    this.#session = session;
    window.addEventListener("popstate", () => this.#arrive());
    this.#arrive();
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly place = (): Place => this.#place;

  /** The address of another view of what is open. */
  hrefOf(view: ViewId): string {
    return writeAddress({ ...this.#place.address, ...ANEW, view });
  }

  /** @param origin is read beside it, once it is open. */
  openFile(image: Image, origin: Image | null = null): void {
    this.#openHanded({ images: [image], origin });
  }

  /** Files that are all of one machine, or a folder's. */
  openFiles(images: readonly NamedFile[]): void {
    this.#openHanded({ images, origin: null });
  }

  #openHanded(handed: Handed): void {
    const { images, origin } = handed;
    const { file: last, lost, address: place } = this.#place;
    const name = namesOf(images);
    const bytes = bytesOf(images);
    const again = lost && last?.name === name && last.bytes === bytes;
    this.#count += 1;
    const [only] = images;
    const address = only && "address" in only ? only.address : null;
    const file = { id: fileId(this.#count), name, bytes, address };
    this.#files.set(file.id, handed);
    for (const oldest of this.#files.keys()) {
      if (this.#files.size <= MOST_FILES) break;
      this.#files.delete(oldest);
    }
    // The file that was open here takes its place again; of any other the verdict comes first.
    const options = {
      ...(again ? place : START).options,
      ...(origin && { originSectors: BigInt(Math.floor(origin.blob.size / 512)) }),
    };
    if (again) this.#go("replace", { ...place, options }, file);
    else this.#go("push", { ...START, view: "inspect", options }, file);
  }

  openSample(sample: Sample): void {
    this.#go("push", { ...START, view: "inspect", sample: sample.id }, null);
  }

  /** What is open, under other options. */
  recheck(options: CheckOptions): void {
    const { address, file } = this.#place;
    // Also under the same ones: the file may have changed.
    this.#show({ subject: "" });
    // Under another chunk size areas and bytes are others.
    const same = options.tableChunk === address.options.tableChunk;
    const inspect = same ? readAddress(location.hash).inspect : null;
    this.#go("push", { ...address, options, inspect }, file);
  }

  /** One of the stores of the disk that is open. */
  openStore(inside: string): void {
    const { address, file } = this.#place;
    this.#go("push", { ...address, view: "inspect", inside, options: START.options }, file);
  }

  /** All of the disk that is open. */
  showMachine(): void {
    const { address, file } = this.#place;
    this.#go("push", treeOf(address), file);
  }

  showView(view: ViewId): void {
    const { address, file } = this.#place;
    if (address.view !== view) this.#go("push", { ...address, ...ANEW, view }, file);
  }

  leave(): void {
    this.#go("push", START, null);
  }

  /** The browser moved, or the page was loaded. */
  #arrive(): void {
    const { broken, ...address } = readAddress(location.hash);
    const state = entryState();
    // A link that names no image, followed while one is open: it is a view of that image.
    const { subject, lost, address: last } = this.#place;
    const namesNone = state === null && address.view !== null && address.sample === null;
    const same = namesNone && subject !== "" && !lost;
    const { sample, inside, options } = last;
    const kept = same ? { ...address, sample, inside, options } : address;
    const there = state?.file ? { ...kept, inside: state.inside } : kept;
    const file = same ? this.#place.file : (state?.file ?? null);
    this.#go("replace", there, file, broken);
  }

  #go(
    how: "push" | "replace",
    address: Address,
    file: LocalFile | null,
    broken: readonly BrokenPart[] = [],
  ): void {
    writeEntry(how, address, file);
    const held = file === null ? undefined : this.#files.get(file.id);
    const lost = file !== null && held === undefined;
    this.#show({ address, file, lost, broken });
    const subject = subjectOf(address, file);
    if (subject === this.#place.subject) {
      this.#judge(address);
      return;
    }
    this.#turn += 1;
    this.#show({ subject, fetching: null });
    if (address.sample !== null) void this.#fetchAndOpen(address.sample, address);
    else if (held !== undefined) void this.#openHeld(held, address);
    else this.#session.leave();
  }

  async #openHeld({ images, origin }: Handed, address: Address) {
    const turn = this.#turn;
    await this.#session.open(images, address.options, wantedOf(address));
    if (turn !== this.#turn) return;
    if (origin !== null) this.#session.readSnapshot(origin);
    this.#settle();
    this.#judge(address);
  }

  /** Says what of the address the store that is open does not have. */
  #judge({ inspect }: Address): void {
    const state = this.#session.state();
    if (state.at !== "open" || inspect === null) return;
    const strange = notInStore(inspect, state.store);
    if (strange.length > 0) this.#show({ broken: [...this.#place.broken, ...strange] });
  }

  /** A disk with several stores opened as all of them: this is what its address then says. */
  #settle(): void {
    const { address, file, subject } = this.#place;
    if (this.#session.state().at !== "machine" || address.view === "find") return;
    const there = treeOf(address);
    writeEntry("replace", there, file);
    this.#show({ address: there, subject: subject && subjectOf(there, file) });
  }

  async #fetchAndOpen(id: string, address: Address): Promise<void> {
    const turn = this.#turn;
    if (this.#sample?.id === id) {
      await this.#openHeld({ images: this.#sample.images, origin: null }, address);
      return;
    }
    const sample = findSample(id);
    if (sample === null) {
      this.#session.refuse(id, sampleUnknown(id));
      return;
    }
    this.#session.leave();
    this.#show({ fetching: sample });
    const fetched = await fetchSample(sample).catch((error: unknown) =>
      sampleNotFetched(sample, error),
    );
    if (turn !== this.#turn) return;
    this.#show({ fetching: null });
    if (fetched instanceof Blob) {
      const images = [{ blob: fetched, name: sample.name }];
      this.#sample = { id, images };
      await this.#openHeld({ images, origin: null }, address);
    } else this.#session.refuse(sample.name, fetched);
  }

  #show(change: Partial<Place>): void {
    this.#place = { ...this.#place, ...change };
    for (const listener of this.#listeners) listener();
  }
}

/** What a person handed over at once; `origin` is read beside the one image. */
interface Handed {
  images: readonly NamedFile[];
  origin: Image | null;
}

/** A view is gone to where it opens. */
const ANEW = { inspect: null, replay: null, tour: null } as const;

const treeOf = (address: Address): Address => ({
  ...START,
  view: "find",
  sample: address.sample,
});

/** What of a disk an address asks for. */
function wantedOf({ view, inside }: Address): Wanted {
  if (inside !== null) return { store: inside };
  return view === "find" ? "all" : "any";
}

/** A file that was dropped out of a program may be held in memory, so not every one is kept. */
const MOST_FILES = 16;

/** Unique also among the entries that a load before this one made. */
const fileId = (count: number): string => `${performance.timeOrigin}-${count}`;

function subjectOf(address: Address, file: LocalFile | null): string {
  const { sample, inside, options } = address;
  if (sample === null && file === null) return "";
  const { tableChunk, originSectors, blockSize, kernel } = { ...DEFAULT_OPTIONS, ...options };
  const subject = sample === null ? ["file", file?.id] : ["sample", sample];
  const wanted = wantedOf(address);
  return JSON.stringify([
    ...subject,
    inside,
    wanted === "all",
    tableChunk,
    String(originSectors),
    blockSize,
    kernel,
  ]);
}
