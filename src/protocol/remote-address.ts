/** A file on a web server, as the page may ask for it. */
export interface RemoteAddress {
  /** Without a fragment. */
  url: string;
  /** Whom the page asks: host and port. */
  host: string;
  /** For people: without the query, which may be secret. */
  path: string;
  name: string;
}

/** What keeps the page from asking for what is at an address. */
export type AddressComplaint = "none" | "protocol" | "insecure" | "credentials";

/** The hosts that the page may ask without TLS: nothing on the way can listen. */
export const LOCAL_HOSTS = ["localhost", "127.0.0.1"] as const;

/** The address that somebody typed, or why it is none that the page may ask for. */
export function readRemoteAddress(text: string): RemoteAddress | AddressComplaint {
  const typed = text.trim();
  if (!/^[a-z][a-z0-9+.-]*:\/\//i.test(typed) || !URL.canParse(typed)) return "none";
  const url = new URL(typed);
  const { protocol, hostname, username, password } = url;
  if (protocol !== "https:" && protocol !== "http:") return "protocol";
  const isLocal = LOCAL_HOSTS.some((one) => one === hostname);
  if (protocol === "http:" && !isLocal) return "insecure";
  if (username !== "" || password !== "") return "credentials";
  url.hash = "";
  return { url: url.href, host: url.host, path: url.pathname, name: nameInUrl(url) };
}

/** The last part of the path, or the host where there is none. */
export function nameInUrl({ pathname, host }: URL): string {
  const last = pathname.split("/").findLast((part) => part !== "");
  return last === undefined ? host : decodedPart(last);
}

/** As it is where it is no proper percent-encoding. */
export function decodedPart(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
