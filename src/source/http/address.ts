import { decodedPart, nameInUrl } from "../../protocol/remote-address.ts";

/** Where an image lies on a web server. */
export interface HttpAddress {
  /** What is asked for: the address without user name, password and fragment. */
  url: string;
  /** The header that user name and password come to; null without any. */
  authorization: string | null;
  /** For people: without what may be secret, user name, password and query. */
  shown: string;
  /** The last part of the path, or the host where there is none. */
  name: string;
}

/** Whether a name of an image is an address; null: it is a file's name. */
export function httpAddress(text: string): HttpAddress | null {
  if (!/^https?:\/\//i.test(text) || !URL.canParse(text)) return null;
  const url = new URL(text);
  const authorization = basic(url);
  url.username = "";
  url.password = "";
  url.hash = "";
  return { url: url.href, authorization, shown: url.origin + url.pathname, name: nameInUrl(url) };
}

function basic({ username, password }: URL): string | null {
  if (username === "" && password === "") return null;
  const bytes = new TextEncoder().encode(`${decodedPart(username)}:${decodedPart(password)}`);
  return `Basic ${btoa(String.fromCharCode(...bytes))}`;
}
