/** How long a server is waited for. Times in milliseconds. */
export interface Patience {
  /** Requests for one range, the first one counted. */
  tries: number;
  /** Before the second; each further wait is twice as long. */
  firstWait: number;
  /** A server that asks to come again later than this is given up. */
  longestWait: number;
  /** Until an answer begins. */
  answer: number;
  /** Until a whole answer is there. */
  whole: number;
}

export const PATIENCE: Patience = {
  tries: 5,
  firstWait: 500,
  longestWait: 60_000,
  answer: 30_000,
  whole: 120_000,
};

/**
 * How long to wait after so many tries; null: no more.
 * @param asked what the server asked for, null where it did not.
 */
export function waitAfter(tries: number, asked: number | null, patience: Patience): number | null {
  if (tries >= patience.tries) return null;
  // Scattered, so that many readers of one server do not all come again at once.
  const own = patience.firstWait * 2 ** (tries - 1) * (0.75 + Math.random() / 2);
  const wait = Math.max(own, asked ?? 0);
  return wait > patience.longestWait ? null : wait;
}

/** RFC 9110, 10.2.3: seconds, or a date. null: there is none, or it says nothing. */
export function retryAfter(header: string | null, now = Date.now()): number | null {
  if (header === null) return null;
  if (/^\d{1,9}$/.test(header.trim())) return Number(header) * 1000;
  const date = Date.parse(header);
  return Number.isNaN(date) ? null : Math.max(0, date - now);
}

/** @throws the signal's reason as soon as it is aborted. */
export function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason);
    const stop = () => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener("abort", stop);
      resolve();
    }, milliseconds);
    signal.addEventListener("abort", stop, { once: true });
  });
}
