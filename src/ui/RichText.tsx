import { piecesOf } from "../protocol/rich-text.ts";

/** An explanation with its named cause in bold and its commands as code. */
export function RichText({ text }: { text: string }) {
  return piecesOf(text).map((piece) => {
    if (piece.kind === "cause") return <strong key={piece.start}>{piece.text}</strong>;
    if (piece.kind === "code") return <code key={piece.start}>{piece.text}</code>;
    return piece.text;
  });
}
