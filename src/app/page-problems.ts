import type { Problem } from "../protocol/problem.ts";

/** A part of the page itself did not arrive. @param name of the view */
export const pageIncomplete = (name: string, error: unknown): Problem => ({
  code: "page.incomplete",
  message: `The part of this page that shows ${name} did not arrive`,
  where: "the page",
  expected: "a script from the server that the page came from",
  found: error instanceof Error ? error.message : String(error),
  todo: "Reload the page once its server answers again. A file of this machine has to be dropped again then.",
});
