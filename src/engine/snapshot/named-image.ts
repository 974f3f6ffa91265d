import type { Problem } from "../../protocol/problem.ts";
import { SourceError } from "../../source/block-source.ts";
import { problemOf } from "../problems.ts";

/** A problem on its way to whoever asked. */
export class Stopped extends Error {
  constructor(readonly problem: Problem) {
    super(problem.message);
  }
}

/** Of two images that are read together, the one that cannot be read is named. @throws Stopped */
export async function blaming<T>(name: string, step: () => Promise<T> | T): Promise<T> {
  try {
    return await step();
  } catch (error) {
    throw error instanceof SourceError ? new Stopped(problemOf(error, name)) : error;
  }
}
