import type { FileEntry } from "../../protocol/files.ts";
import { printable } from "../../protocol/printable.ts";

/** In a table a longer name is cut in its middle. */
const MOST_SHOWN = 64;

const lastOf = (path: string): string => path.slice(path.lastIndexOf("/") + 1);

/** The last part of a path, for people; that of the root is "/". */
export const nameOf = (path: string): string => printable(lastOf(path)) || "/";

/** The same, short enough for one line. */
export function shortName(path: string): string {
  const name = nameOf(path);
  return name.length <= MOST_SHOWN ? name : `${name.slice(0, 44)}…${name.slice(-16)}`;
}

/** What a browser may call the file: what is no letter in every file system is "_". */
export function fileName({ path }: FileEntry): string {
  const name = lastOf(path).replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}<>:"|?*\\]/gu, "_");
  return name.replace(/^\.+$/, "_") || "file";
}

/** The directories on the way to a path, the root first, each with its own path. */
export function directoriesOf(path: string): { name: string; path: string }[] {
  const names = path.split("/").filter((name) => name !== "");
  return [
    { name: "/", path: "/" },
    ...names.map((name, at) => ({
      name: printable(name),
      path: `/${names.slice(0, at + 1).join("/")}`,
    })),
  ];
}

/** Whether zeros have to stand for some of its content, as far as is known. */
export const readsAsZeros = ({ damage }: FileEntry): boolean =>
  damage.some(({ part, why }) => part === "data" && why === "unreadable");
