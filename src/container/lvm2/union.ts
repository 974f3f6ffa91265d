/**
 * What any of the sets holds, `most` of it at most. Where they are one and the same set it is that
 * one: thousands of volumes may lie on the same devices.
 */
export function union<T>(sets: readonly ReadonlySet<T>[], most = Infinity): ReadonlySet<T> {
  const different = [...new Set(sets)].filter(({ size }) => size > 0);
  const [only] = different;
  if (only && different.length === 1) return only;
  const all = new Set<T>();
  for (const set of different) {
    for (const item of set) {
      if (all.size >= most) return all;
      all.add(item);
    }
  }
  return all;
}
