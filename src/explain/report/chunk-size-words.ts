import type { ChunkSizeGuess } from "../../protocol/facts.ts";
import type { RankedChunkSize } from "../../protocol/report.ts";
import { plural } from "../words.ts";

/** Sizes that fit this badly are not worth a line. */
const NOT_WORTH_IT = 0.03;
const MOST = 6;

/** The ranking of chunk sizes with the reason for each. */
export function rankingWords(ranking: readonly ChunkSizeGuess[]): RankedChunkSize[] {
  return ranking
    .filter(({ score }, place) => place === 0 || score > NOT_WORTH_IT)
    .slice(0, MOST)
    .map((guess) => ({
      sectors: guess.sectors,
      score: Math.round(guess.score * 100) / 100,
      why: why(guess),
    }));
}

function why(guess: ChunkSizeGuess): string {
  if (guess.entries === 0) return emptyArea(guess);
  const parts = [
    `area 0 holds ${plural(guess.entries, "entry").replace("entrys", "entries")}, ${guess.sane} of them sane and ${guess.inOrder} in order`,
  ];
  if (guess.ended) parts.push(guess.cleanTail ? "zeros behind its end" : "more behind its end");
  if (guess.nextAreaFits === true) parts.push("area 1 follows where it should");
  if (guess.nextAreaFits === false) parts.push("no area 1 where it should be");
  return parts.join("; ");
}

/** The race strikes before the first entries are committed: then only the layout is left. */
function emptyArea(guess: ChunkSizeGuess): string {
  const parts = ["area 0 ends at once"];
  if (guess.dataFollows) parts.push("data begins right behind it");
  else parts.push("no data behind it");
  if (guess.strayFillsDevice === true) {
    parts.push("the exceptions in chunk 0 fill the device to its last chunk");
  }
  if (guess.strayFillsDevice === false) {
    parts.push("the exceptions in chunk 0 do not fill the device");
  }
  if (!guess.headerChunkFits) parts.push("chunk 0 holds other data");
  return parts.join("; ");
}
