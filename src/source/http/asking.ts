import { networkTrouble } from "./network-trouble.ts";

/** How a range is asked for: a page may do less than Node, and is told less of what went wrong. */
export interface Asking {
  /**
   * Sends one GET and follows no redirect. @param offset of the range, for errors.
   * @throws what `trouble` understands, or a SourceError.
   */
  send(
    url: URL,
    headers: Record<string, string>,
    signal: AbortSignal,
    offset: number,
  ): Promise<Response>;
  /**
   * Whatever a request threw, as trouble that may pass (Passing) or that will not (SourceError).
   * @param reached whether the server has answered this time or before.
   */
  trouble(error: unknown, offset: number, reached: boolean): Error;
}

/** As Node does. */
export const ASKING: Asking = {
  send: (url, headers, signal) => fetch(url, { headers, signal, redirect: "manual" }),
  trouble: networkTrouble,
};
