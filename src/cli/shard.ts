import { UsageError } from "./usage.ts";

/** One of `of` shares of a list, which together hold each image once. */
export interface Shard {
  /** From 0 on. */
  index: number;
  of: number;
}

export const WHOLE: Shard = { index: 0, of: 1 };

/** "2/16" is the third of sixteen. @throws UsageError */
export function parseShard(text: string | undefined): Shard {
  if (text === undefined) return WHOLE;
  const [, index, of] = /^(\d{1,6})\/(\d{1,6})$/.exec(text) ?? [];
  if (index !== undefined && Number(index) < Number(of)) {
    return { index: Number(index), of: Number(of) };
  }
  throw new UsageError(`--shard takes I/N, I from 0 to N - 1, not “${text}”`);
}

/** Every N-th of them, so that disks that lie beside each other in the list are spread. */
export function inShard(images: readonly string[], { index, of }: Shard): string[] {
  return images.filter((_, at) => at % of === index);
}
