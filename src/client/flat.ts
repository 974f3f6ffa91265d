import type { Result } from "../protocol/problem.ts";

/** A result that travelled inside the result of its call. */
export const flat = <T>(result: Result<Result<T>>): Result<T> =>
  result.ok ? result.value : result;
