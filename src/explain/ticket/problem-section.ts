import type { Problem } from "../../protocol/problem.ts";
import type { Section } from "./ticket-parts.ts";

/** An image that could not be checked. */
export interface NotChecked {
  image: { name: string };
  problem: Omit<Problem, "code"> & { code: string };
}

export function problemSection({ image, problem }: NotChecked): Section {
  const { code, message, expected, found, todo } = problem;
  const ended = (text: string): string => text.replace(/\.?$/, ".");
  return {
    name: image.name,
    severity: "fatal",
    title: "It could not be checked",
    blocks: [
      { is: "unmarked", lead: "Why.", text: ended(message) },
      { is: "unmarked", lead: "What to do.", text: ended(todo) },
      { is: "unmarked", lead: "Expected:", text: ended(expected) },
      ...(found === "" ? [] : [{ is: "unmarked", lead: "Found:", text: ended(found) } as const]),
      { is: "text", lead: "Code:", text: `\`${code}\`` },
    ],
  };
}
