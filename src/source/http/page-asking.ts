import { SourceError } from "../block-source.ts";
import { Passing, refused } from "./answer.ts";
import type { Asking } from "./asking.ts";

/** What the person has left where a browser may not read what the command can. */
const INSTEAD = "the command `cowscope` is not bound by that, and a downloaded file can be dropped";

/** As a page may: nothing but the range goes along, and no host but the one that was named is asked. */
export const PAGE_ASKING: Asking = {
  async send(url, headers, signal, offset) {
    const response = await fetch(url, {
      headers,
      signal,
      mode: "cors",
      credentials: "omit",
      referrerPolicy: "no-referrer",
      cache: "no-store",
      redirect: "manual",
    });
    // A page does not see where a redirect leads (Fetch standard, "opaque-redirect filtered response").
    if (response.type === "opaqueredirect") {
      throw refused(
        offset,
        `the address leads on to another one, and this page asks for nothing but what was named: give it that other address; ${INSTEAD}`,
      );
    }
    const { status } = response;
    if ((status === 206 || status === 416) && response.headers.get("content-range") === null) {
      await response.body?.cancel();
      throw refused(
        offset,
        `the server does not show a page of another site which bytes it sends (Access-Control-Expose-Headers lacks Content-Range); ${INSTEAD}`,
      );
    }
    return response;
  },

  trouble(error, offset, reached) {
    if (error instanceof SourceError || error instanceof Passing) return error;
    // Once a browser was let at an answer, what fails is the network, or the packing it came in.
    if (reached) {
      return new Passing("the connection failed, or the answer came packed (Content-Encoding)");
    }
    if (!navigator.onLine) {
      return new SourceError("unavailable", offset, "this machine has no network now");
    }
    return refused(
      offset,
      `the browser got no answer that it may read: the server cannot be reached, or it does not let pages of other sites read its files (CORS), or it packs what it sends; a page is not told which; ${INSTEAD}`,
    );
  },
};
