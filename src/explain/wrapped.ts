/** Columns of a report for people. */
const WIDTH = 96;

/** Breaks at spaces; colour codes count as long as they are, which only makes a line shorter. */
export function wrapped(indent: string, text: string): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    if (line && indent.length + line.length + word.length + 1 > WIDTH) {
      lines.push(indent + line);
      line = word;
    } else {
      line = line ? `${line} ${word}` : word;
    }
  }
  return line ? [...lines, indent + line] : lines;
}
