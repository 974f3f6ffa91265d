/** No other worker, before or after this one, gives the same. */
export function newHandle(): bigint {
  return crypto.getRandomValues(new BigUint64Array(1))[0] ?? 0n;
}
