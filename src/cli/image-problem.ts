import { problemOf } from "../engine/problems.ts";
import type { FoundProblem } from "../protocol/machine.ts";
import type { Problem } from "../protocol/problem.ts";

/** A problem of an image, or of a layer in it: those have codes of their own. */
export type ImageProblem = Omit<Problem, "code"> & { code: string };

/** Expected trouble with an image: the command says it in a sentence. */
export class ImageError extends Error {
  override readonly name = "ImageError";

  constructor(readonly problem: ImageProblem) {
    super(problem.message);
  }

  /** Whatever reading `name` threw; a fault of cowscope is a problem as well. */
  static of(error: unknown, name: string): ImageError {
    return error instanceof ImageError ? error : new ImageError(problemOf(error, name));
  }
}

/** One sentence, and what to do. */
export function problemWords({ message, found, todo }: ImageProblem): string {
  const sentence = message.replace(/\.$/, "");
  return `${sentence}${found ? ` (${found})` : ""}. ${todo.replace(/\.$/, "")}.`;
}

/** A layer's problem by itself: its sentence says where it is. */
export function placed({ refused: _, ...problem }: FoundProblem): ImageProblem {
  const { where, message } = problem;
  return { ...problem, message: message.includes(where) ? message : `${where}: ${message}` };
}
