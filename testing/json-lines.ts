/** A file of rows, a line each. */
export const jsonLines = <T>(text: string): T[] =>
  text
    .trim()
    .split("\n")
    .map((line): T => JSON.parse(line));
