/** A piece of an explanation: plain words, a named cause, or something to type. */
export interface Piece {
  kind: "words" | "cause" | "code";
  text: string;
  /** Where it starts in the marked text. */
  start: number;
}

/** Splits the two marks that verdicts use: **named cause** and `code`. */
export function piecesOf(text: string): Piece[] {
  const pieces: Piece[] = [];
  let start = 0;
  for (const part of text.split(/(\*\*[^*]+\*\*|`[^`]+`)/)) {
    if (part.startsWith("**")) pieces.push({ kind: "cause", text: part.slice(2, -2), start });
    else if (part.startsWith("`")) pieces.push({ kind: "code", text: part.slice(1, -1), start });
    else if (part !== "") pieces.push({ kind: "words", text: part, start });
    start += part.length;
  }
  return pieces;
}
