/** Zeros that are told within a run rather than that a new one begins, in bytes. */
const SHORT_GAP = 16;
/** Bytes of one run at most: it becomes one attribute. */
const MOST = 4096;

/** Runs of bytes that hold something other than zero; `offset` is where, from `start` on. */
export function* slackRuns(
  bytes: Uint8Array,
  start: number,
): Generator<{ offset: number; bytes: Uint8Array }> {
  let at = 0;
  for (;;) {
    while (at < bytes.length && bytes[at] === 0) at += 1;
    if (at === bytes.length) return;
    const from = at;
    let end = at + 1;
    while (at < bytes.length && at - end < SHORT_GAP && at - from < MOST) {
      if (bytes[at] !== 0) end = at + 1;
      at += 1;
    }
    yield { offset: start + from, bytes: bytes.slice(from, end) };
    at = end;
  }
}
