/**
 * Finishes everything that lies below `first`, then `first`: each after what lies below it, and once.
 * What lies in a circle is finished all the same, before one thing below it. Without recursion: a
 * hostile text stacks as many as it likes.
 */
export function belowFirst<T>(
  first: T,
  below: (item: T) => readonly T[],
  isFinished: (item: T) => boolean,
  finish: (item: T) => void,
): void {
  const begun = new Set<T>();
  const stack: { item: T; rest: T[] }[] = [];
  const begin = (item: T) => {
    begun.add(item);
    stack.push({ item, rest: [...below(item)] });
  };
  begin(first);
  for (let top = stack.at(-1); top; top = stack.at(-1)) {
    const next = top.rest.pop();
    if (next === undefined) {
      finish(top.item);
      stack.pop();
    } else if (!begun.has(next) && !isFinished(next)) begin(next);
  }
}
