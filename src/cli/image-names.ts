import { basename, dirname } from "node:path";
import { httpAddress } from "../source/http/address.ts";

/** The name that reports give an image: the last part of its path or address. */
export const nameOf = (path: string): string => httpAddress(path)?.name ?? basename(path);

/** An image in a sentence: an address without what may be secret, user name, password and query. */
export const shown = (path: string): string => httpAddress(path)?.shown ?? path;

export const allShown = (paths: readonly string[]): string => paths.map(shown).join(", ");

/** What two images have in common that lie beside each other. */
export const folderOf = (path: string): string => dirname(shown(path));
