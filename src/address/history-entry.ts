import { type Address, readAddress, type ViewId, writeAddress } from "./address.ts";

/** A file that was handed over, as the browser's history remembers it: its name stays out of addresses. */
export interface LocalFile {
  /** Which of the files that were opened; a reload forgets the file, not this. */
  id: string;
  name: string;
  bytes: number;
  /** Where it is on a server; null: it is on this machine. */
  address: string | null;
}

/** What an entry of the history holds beside its address. */
interface EntryState {
  file: LocalFile | null;
  /** Which store of a disk of this machine: its name stays out of addresses as the file's does. */
  inside: string | null;
}

/** null: this page did not make the entry; a link was followed, or an address typed. */
export function entryState(): EntryState | null {
  const state: unknown = history.state;
  if (typeof state !== "object" || state === null || !("file" in state)) return null;
  const inside = "inside" in state && typeof state.inside === "string" ? state.inside : null;
  return { file: localFile(state.file), inside };
}

function localFile(found: unknown): LocalFile | null {
  if (typeof found !== "object" || found === null) return null;
  const { id, name, bytes, address } = found as Partial<Record<keyof LocalFile, unknown>>;
  if (typeof id !== "string" || typeof name !== "string" || typeof bytes !== "number") return null;
  return { id, name, bytes, address: typeof address === "string" ? address : null };
}

/** Makes a new entry, which Back leads away from, or changes the one that is there. */
export function writeEntry(how: "push" | "replace", address: Address, file: LocalFile | null) {
  const state: EntryState = { file, inside: file && address.inside };
  // An address without "#" has to be written out, or the fragment would stay.
  const url = `${location.pathname}${location.search}${writeAddress(address)}`;
  if (how === "push") history.pushState(state, "", url);
  else history.replaceState(state, "", url);
}

/** Where in a view one is: what moves on the screen without being another place. */
export type WithinView = Partial<Pick<Address, "inspect" | "replay" | "tour">>;

/** Keeps the address in step with what moves in `view`, without an entry for every move. */
export function keepInAddress(view: ViewId, part: WithinView): void {
  const address = readAddress(location.hash);
  if (address.view !== view) return;
  history.replaceState(history.state, "", writeAddress({ ...address, ...part }));
}

/** What a person may pass on: the place where the page stands now, with `part` of it changed. */
export const addressToShare = (part: WithinView): string =>
  new URL(writeAddress({ ...readAddress(location.hash), ...part }), location.href).href;
