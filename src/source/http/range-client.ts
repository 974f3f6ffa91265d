import { SourceError } from "../block-source.ts";
import type { HttpAddress } from "./address.ts";
import { type AnswerHead, Passing, readHead, refused } from "./answer.ts";
import type { Asking } from "./asking.ts";
import { type Patience, pause, waitAfter } from "./patience.ts";

export interface Answer extends AnswerHead {
  /** As many as were asked for; none of an empty file, or from behind its end. */
  bytes: Uint8Array<ArrayBuffer>;
}

const MOST_REDIRECTS = 10;
/** What a signed address answers with once it has expired, as the storage services have it. */
const EXPIRED = [400, 401, 403, 404, 410];

/** Asks a server for ranges of one file, one range a request, and comes again where that may help. */
export class RangeClient {
  requests = 0;
  bytes = 0;
  /** Where the address has led to; asked first, as long as it answers. */
  private resolved: URL;
  private answered = false;

  constructor(
    private readonly address: HttpAddress,
    private readonly patience: Patience,
    /** Ends every request. */
    private readonly stopped: AbortSignal,
    private readonly asking: Asking,
  ) {
    this.resolved = new URL(address.url);
  }

  /** @throws SourceError */
  async get(offset: number, length: number): Promise<Answer> {
    for (let tries = 1; ; tries++) {
      try {
        const answer = await this.ask(offset, length);
        this.answered = true;
        return answer;
      } catch (error) {
        if (!(error instanceof Passing)) throw error;
        const wait = waitAfter(tries, error.wait, this.patience);
        if (wait === null) throw new SourceError("unavailable", offset, gaveUp(error, tries));
        await pause(wait, this.stopped);
      }
    }
  }

  private async ask(offset: number, length: number): Promise<Answer> {
    const { answer, whole } = this.patience;
    const late = new AbortController();
    const lateAfter = (ms: number, what: string) =>
      setTimeout(() => late.abort(new Passing(`${what} within ${ms / 1000} s`)), ms);
    const timers = [
      lateAfter(whole, "the answer is not whole"),
      lateAfter(answer, "there is no answer"),
    ];
    let reached = this.answered;
    try {
      const signal = AbortSignal.any([late.signal, this.stopped]);
      const response = await this.follow(offset, length, signal);
      clearTimeout(timers[1]);
      reached = true;
      return await this.take(response, offset, length);
    } catch (error) {
      throw this.asking.trouble(error, offset, reached);
    } finally {
      for (const timer of timers) clearTimeout(timer);
    }
  }

  /** Follows redirects, from the address that was given whenever the one it led to has expired. */
  private async follow(offset: number, length: number, signal: AbortSignal): Promise<Response> {
    const original = new URL(this.address.url);
    let url = this.resolved;
    for (let redirects = 0; redirects <= MOST_REDIRECTS; ) {
      const headers = this.headersFor(url, original, offset, length);
      this.requests += 1;
      const response = await this.asking.send(url, headers, signal, offset);
      if (response.status >= 300 && response.status < 400) {
        await response.body?.cancel();
        url = redirected(response, url, offset);
        redirects += 1;
      } else if (EXPIRED.includes(response.status) && this.resolved.href !== original.href) {
        await response.body?.cancel();
        this.resolved = original;
        url = original;
      } else {
        this.resolved = response.status === 206 ? url : original;
        return response;
      }
    }
    throw refused(offset, `the address leads on and on (more than ${MOST_REDIRECTS} redirects)`);
  }

  private headersFor(url: URL, original: URL, offset: number, length: number) {
    const { authorization } = this.address;
    // fetch() adds "Accept-Encoding: identity" to whatever has a Range (Fetch, HTTP-network-or-cache).
    return {
      range: `bytes=${offset}-${offset + length - 1}`,
      // Only to whom it was meant for.
      ...(authorization !== null && url.origin === original.origin ? { authorization } : {}),
    };
  }

  private async take(response: Response, offset: number, length: number): Promise<Answer> {
    let head: AnswerHead;
    try {
      head = readHead(response, offset, length);
    } catch (error) {
      await response.body?.cancel();
      throw error;
    }
    if (response.status !== 206) {
      await response.body?.cancel();
      return { ...head, bytes: new Uint8Array() };
    }
    return { ...head, bytes: await this.body(response, offset, length) };
  }

  private async body(response: Response, offset: number, length: number) {
    const bytes = new Uint8Array(length);
    let at = 0;
    const reader = response.body?.getReader();
    for (;;) {
      const piece = await reader?.read();
      if (!piece || piece.done) break;
      this.bytes += piece.value.length;
      if (piece.value.length > length - at) {
        await reader?.cancel();
        throw refused(offset, `the server sends more than the ${length} bytes of the range`);
      }
      bytes.set(piece.value, at);
      at += piece.value.length;
    }
    if (at < length) throw new Passing(`the connection ended after ${at} of ${length} bytes`);
    return bytes;
  }
}

/** @throws SourceError where it may not be followed. */
function redirected(response: Response, from: URL, offset: number): URL {
  const to = response.headers.get("location");
  if (to === null || !URL.canParse(to, from)) {
    throw refused(offset, `the server answers ${response.status} and does not say where it is now`);
  }
  const url = new URL(to, from);
  const secure = url.protocol === "https:";
  if (!secure && (url.protocol !== "http:" || from.protocol === "https:")) {
    throw refused(
      offset,
      `the address leads from ${from.protocol}// to ${url.protocol}//, which is not followed`,
    );
  }
  url.username = "";
  url.password = "";
  return url;
}

function gaveUp({ message, wait }: Passing, tries: number): string {
  const asked = wait === null ? "" : `; it asks to come again after ${Math.ceil(wait / 1000)} s`;
  return `${message}${asked} (asked ${tries === 1 ? "once" : `${tries} times`})`;
}
