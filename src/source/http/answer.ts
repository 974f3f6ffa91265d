import { SourceError } from "../block-source.ts";
import { retryAfter } from "./patience.ts";

/** Trouble that may have passed when the server is asked again. */
export class Passing extends Error {
  override readonly name = "Passing";

  /** @param wait what the server asks to wait, in milliseconds; null: it does not say. */
  constructor(
    message: string,
    readonly wait: number | null = null,
  ) {
    super(message);
  }
}

/** What the head of an answer says of the whole. */
export interface AnswerHead {
  /** Of the whole file, in bytes. */
  size: number;
  /** Tells one state of the file from another, as far as the server does. */
  version: string;
  /** Whether the file is empty: there is no byte that could be sent. */
  empty: boolean;
}

/**
 * Holds the head of an answer to what was asked. The body is not touched.
 * @throws SourceError, Passing
 */
export function readHead(response: Response, offset: number, length: number): AnswerHead {
  const { status, headers } = response;
  const version = versionOf(headers);
  const range = headers.get("content-range");
  if (status === 206) return { ...partOf(headers, range, offset, length), version, empty: false };
  const whole = /^bytes \*\/(\d+)$/.exec(range ?? "")?.[1];
  if (status === 416 && whole !== undefined) {
    return { size: sizeOf(whole, offset), version, empty: Number(whole) === 0 };
  }
  if (status === 200) {
    if (headers.get("content-length") === "0") return { size: 0, version, empty: true };
    throw refused(
      offset,
      "this server sends no ranges, only the whole file (200 instead of 206): download it first",
    );
  }
  if (status === 429 || status === 408 || status >= 500) {
    throw new Passing(
      `the server answers ${statusWords(status)}`,
      retryAfter(headers.get("retry-after")),
    );
  }
  throw refused(offset, `the server answers ${statusWords(status)}`);
}

export const refused = (offset: number, why: string): SourceError =>
  new SourceError("unreadable", offset, why);

function partOf(headers: Headers, range: string | null, offset: number, length: number) {
  const encoding = (headers.get("content-encoding") ?? "identity").trim().toLowerCase();
  if (encoding !== "identity" && encoding !== "") {
    throw refused(
      offset,
      `the server sends it packed (Content-Encoding: ${encoding}), though it was asked not to: a part of that is none of the file`,
    );
  }
  const [, from, to, size] = /^bytes (\d+)-(\d+)\/(\d+|\*)$/.exec(range ?? "") ?? [];
  if (size === "*")
    throw refused(offset, "the server does not say how long it is (Content-Range: …/*)");
  if (Number(from) !== offset || Number(to) !== offset + length - 1 || size === undefined) {
    const asked = `bytes ${offset}-${offset + length - 1}`;
    throw refused(
      offset,
      `the server sends another range than ${asked}: ${range ?? "no Content-Range"}`,
    );
  }
  return { size: sizeOf(size, offset) };
}

function sizeOf(digits: string, offset: number): number {
  const size = Number(digits);
  if (!Number.isSafeInteger(size)) throw refused(offset, `its size cannot be ${digits} bytes`);
  return size;
}

function versionOf(headers: Headers): string {
  // Weak or strong makes no difference: both change when the file does.
  const etag = (headers.get("etag") ?? "").replace(/^W\//, "");
  return `${etag} ${headers.get("last-modified") ?? ""}`.trim();
}

const STATUS_WORDS = new Map([
  [401, "that a user name and a password are needed, or others"],
  [403, "that it may not be read: a right is missing, or a signed address has expired"],
  [404, "that there is no such file"],
  [410, "that the file is no longer there"],
  [416, "that it has no such range"],
  [429, "that it is asked too often"],
  [503, "that it is overloaded or being serviced"],
]);

function statusWords(status: number): string {
  const words = STATUS_WORDS.get(status);
  return words === undefined ? `${status}` : `${status}, ${words}`;
}
