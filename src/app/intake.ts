import type { Image } from "../client/held-store.ts";
import type { StoreClient } from "../client/store-client.ts";
import type { OuterLayer } from "../protocol/store-service.ts";
import { counted } from "../ui/format.ts";
import type { FileUse } from "./DropHint.tsx";
import type { Dropped } from "./dropped.ts";
import type { Folder } from "./folder.ts";
import type { Navigation } from "./navigation.ts";
import type { Session } from "./session.ts";
import { sortImages } from "./sort-images.ts";

/** What the page answers to files that were handed over, where opening one is not answer enough. */
export interface Answer {
  words: string;
  /** What may be the COW image, where the bytes do not tell. */
  choose: readonly Image[];
  /** The subject of the place (navigation.ts) that it was said at: elsewhere it is stale. */
  at: string;
}

const AGAIN =
  "Drop a COW image, a disk that has one inside, or a COW image and its origin together.";
/** More names than this make no sentence. */
const MOST_NAMES = 3;

/** Takes whatever a person hands to the page, and always answers. */
export class Intake {
  readonly #client: Pick<StoreClient, "storeLikeness" | "outerLayer">;
  readonly #session: Pick<Session, "readSnapshot">;
  readonly #navigation: Pick<Navigation, "openFile" | "openFiles" | "place">;
  readonly #listeners = new Set<() => void>();
  #answer: Answer | null = null;
  #turn = 0;

  constructor(
    client: Pick<StoreClient, "storeLikeness" | "outerLayer">,
    session: Pick<Session, "readSnapshot">,
    navigation: Pick<Navigation, "openFile" | "openFiles" | "place">,
  ) {
    this.#client = client;
    this.#session = session;
    this.#navigation = navigation;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly answer = (): Answer | null => this.#answer;

  readonly dismiss = (): void => this.#say(null);

  readonly take = async ({ files, folders, isText }: Dropped, use: FileUse): Promise<void> => {
    this.#turn += 1;
    const images = files.map((file): Image => ({ blob: file, name: file.name }));
    const [only, ...more] = images;
    this.#say(null);
    if (isText) this.#say(`That is text or a link, and no file. ${AGAIN}`);
    else if (use === "origin") this.#takeOrigin(images);
    else if (folders.length > 0) await this.#takeFolders(images, folders);
    else if (only !== undefined && more.length === 0) this.#open(only, []);
    else if (only !== undefined) await this.#sort(images);
  };

  /** One of the answers to what was asked. */
  readonly choose = (store: Image): void => {
    const others = this.#answer?.choose.filter((image) => image !== store) ?? [];
    this.#say(null);
    this.#open(store, others);
  };

  #takeOrigin(images: readonly Image[]): void {
    const [origin] = images;
    if (origin !== undefined && images.length === 1) this.#session.readSnapshot(origin);
    else this.#say("An origin is one file or device: drop it alone.");
  }

  /** Whatever lies in them, and beside them, is shown together. */
  async #takeFolders(beside: readonly Image[], folders: readonly Folder[]): Promise<void> {
    const turn = this.#turn;
    const read = await Promise.all(folders.map((folder) => folder.read()));
    if (turn !== this.#turn) return;
    const images = [...beside, ...read.flatMap((one) => one.images)];
    const names = named(folders.map(({ name }) => name));
    if (images.length === 0) {
      this.#say(`${names}: there is no file in it that can be read. ${AGAIN}`);
      return;
    }
    this.#navigation.openFiles(images);
    if (read.some(({ more }) => more)) {
      this.#say(`${names}: there are more files in it than are looked at together.`);
    }
  }

  async #sort(images: readonly Image[]): Promise<void> {
    const turn = this.#turn;
    const looked = await Promise.all(
      images.map(async (image) => {
        const result = await this.#client.storeLikeness(image);
        return { image, likeness: result.ok ? result.value : null };
      }),
    );
    if (turn !== this.#turn) return;
    const stores = looked.filter(({ likeness }) => likeness === "magic");
    const any = looked.some(({ likeness }) => likeness === "magic" || likeness === "areas");
    const { store, others } = sortImages(looked);
    const layers = await this.#outerLayers(any ? others : images);
    if (turn !== this.#turn) return;
    // An image's own format never lies around an origin's plain bytes: it is a disk over the other.
    const overlays = images.length === 2 && layers.includes("format");
    const disks = !any && layers.some((layer) => layer !== "none");
    if (stores.length > 1 || disks || overlays) this.#navigation.openFiles(images);
    else if (store !== null) this.#open(store, others);
    else this.#say("The bytes do not tell which of these is the COW image. Open", images);
  }

  /** What lies around them; one that cannot be read has nothing. */
  #outerLayers(images: readonly Image[]): Promise<OuterLayer[]> {
    return Promise.all(
      images.map(async (image) => {
        const layer = await this.#client.outerLayer(image);
        return layer.ok ? layer.value : "none";
      }),
    );
  }

  /** Opens one; of two the other is its origin, of more the others are left alone. */
  #open(store: Image, others: readonly Image[]): void {
    const [origin] = others;
    if (origin === undefined || others.length > 1) {
      this.#navigation.openFile(store);
      if (others.length === 0) return;
      const left = counted(others.length, "other file");
      this.#say(
        `${store.name} is the COW image; ${left} (${named(others.map(({ name }) => name))}) left alone. To read the snapshot, drop its origin alone.`,
      );
      return;
    }
    this.#navigation.openFile(store, origin);
    this.#say(`${store.name} is taken for the COW image, ${origin.name} for its origin.`);
  }

  #say(words: string | null, choose: Answer["choose"] = []): void {
    const at = this.#navigation.place().subject;
    this.#answer = words === null ? null : { words, choose, at };
    for (const listener of this.#listeners) listener();
  }
}

function named(names: readonly string[]): string {
  const shown = names.slice(0, MOST_NAMES).join(", ");
  return names.length > MOST_NAMES ? `${shown} …` : shown;
}
