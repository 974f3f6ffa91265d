/** A run of a GNU ddrescue mapfile, in bytes; `status` as its manual has them, "Mapfile structure". */
export interface MapBlock {
  offset: bigint;
  length: bigint;
  status: BlockStatus;
}

/** ?: not tried, *: not trimmed, /: not scraped, -: bad, +: rescued. */
export type BlockStatus = "?" | "*" | "/" | "-" | "+";

/**
 * A mapfile of the runs that are there; between them, and up to `size`, nothing was tried.
 * @param there in order, none of them overlapping. @param comments lines, without line breaks.
 */
export function* mapfileText(
  there: Iterable<{ offset: bigint; length: bigint }>,
  size: bigint,
  comments: readonly string[],
): Generator<string> {
  for (const comment of comments) yield `# ${comment}\n`;
  yield "# current_pos  current_status  current_pass\n0x0  ?  1\n#  pos  size  status\n";
  let last: MapBlock | null = null;
  for (const block of blocksOf(there, size)) {
    if (last?.status === block.status) last.length += block.length;
    else {
      if (last) yield line(last);
      last = block;
    }
  }
  if (last) yield line(last);
}

function* blocksOf(
  there: Iterable<{ offset: bigint; length: bigint }>,
  size: bigint,
): Generator<MapBlock> {
  let at = 0n;
  for (const { offset, length } of there) {
    if (offset > at) yield { offset: at, length: offset - at, status: "?" };
    if (length > 0n) yield { offset, length, status: "+" };
    at = offset + length;
  }
  if (size > at) yield { offset: at, length: size - at, status: "?" };
}

const line = ({ offset, length, status }: MapBlock): string =>
  `0x${offset.toString(16)}  0x${length.toString(16)}  ${status}\n`;

/** Blocks that are taken in: more are no rescue that anybody ran. */
const MOST_BLOCKS = 1 << 21;

/**
 * Reads a mapfile as the manual's “Mapfile structure” has it: comments, a status line, then blocks
 * that follow one another without a gap.
 * @returns the blocks, or what is wrong with a line of it.
 */
export function parseMapfile(text: string): MapBlock[] | { line: number; why: string } {
  const blocks: MapBlock[] = [];
  let status = false;
  for (const [index, whole] of text.split("\n").entries()) {
    const words = whole
      .replace(/(?:^|\s)#.*/, "")
      .split(/\s+/)
      .filter((word) => word !== "");
    if (words.length === 0) continue;
    const wrong = (why: string) => ({ line: index + 1, why });
    if (!status) {
      // The number of the pass came with ddrescue 1.20.
      const [position = "", doing = "", pass = "1"] = words;
      const isLine = numberOf(position) !== null && /^[?*/\-FG+]$/.test(doing);
      if (!isLine || !/^\d+$/.test(pass)) return wrong("it is no status line of ddrescue");
      status = true;
      continue;
    }
    const block = blockOf(words);
    if (!block) return wrong("it is no block: position, size and one of ? * / - +");
    const last = blocks.at(-1);
    if (block.offset !== (last ? last.offset + last.length : block.offset)) {
      return wrong("the block does not begin where the one before it ends");
    }
    if (blocks.length === MOST_BLOCKS) return wrong(`it is one of more than ${MOST_BLOCKS} blocks`);
    blocks.push(block);
  }
  if (!status) return { line: 1, why: "no status line is in it" };
  return blocks;
}

function blockOf([position = "", size = "", status = "", ...more]: string[]): MapBlock | null {
  const [offset, length] = [numberOf(position), numberOf(size)];
  const known = (["?", "*", "/", "-", "+"] as const).find((one) => one === status);
  if (offset === null || length === null || !known || more.length > 0) return null;
  return length > 0n && offset + length < 2n ** 63n ? { offset, length, status: known } : null;
}

/** As strtoll() with base 0 reads it, without a sign. */
function numberOf(text: string): bigint | null {
  if (/^0[0-7]+$/.test(text)) return BigInt(`0o${text.slice(1)}`);
  return /^(?:0x[\da-f]+|\d+)$/i.test(text) && !/^0\d/.test(text) ? BigInt(text) : null;
}
