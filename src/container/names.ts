/**
 * The shortest ending of each list of layers that no other list has, joined by `:`; where two lists
 * are equal, the later gets a number behind it.
 */
export function uniqueNames(lists: readonly (readonly string[])[]): string[] {
  const whole = numbered(lists.map((layers) => layers.join(":")));
  const counts = new Map<string, number>();
  for (const ending of lists.flatMap(endings)) counts.set(ending, (counts.get(ending) ?? 0) + 1);
  return lists.map((layers, index) => {
    const shortest = endings(layers).find((ending) => counts.get(ending) === 1);
    return shortest ?? whole[index] ?? "";
  });
}

/** The shortest first. */
function endings(layers: readonly string[]): string[] {
  return layers.map((_, index) => layers.slice(layers.length - 1 - index).join(":"));
}

function numbered(names: readonly string[]): string[] {
  const seen = new Map<string, number>();
  return names.map((name) => {
    const count = (seen.get(name) ?? 0) + 1;
    seen.set(name, count);
    return count === 1 ? name : `${name} (${count})`;
  });
}

export interface Named {
  name: string;
  layers: readonly string[];
}

/**
 * What a person means by `asked`: the one called so, else the ones whose layers end with it, at a
 * `:` or at the `/` of a volume's name. One is the answer; none or several are none.
 */
export function namesEndingWith<T extends Named>(all: readonly T[], asked: string): T[] {
  const exact = all.filter(({ name }) => name === asked);
  if (exact.length > 0) return exact;
  return all.filter(({ layers }) => {
    const whole = `:${layers.join(":")}`;
    return whole.endsWith(`:${asked}`) || whole.endsWith(`/${asked}`);
  });
}
