import type { Problem } from "./problem.ts";

/** A part of the page's own code did not arrive: it is fetched when it is first needed. */
export class PageIncomplete extends Error {
  override readonly name = "PageIncomplete";

  /** @param what that part does @param why what fetching it came to */
  constructor(
    readonly what: string,
    why: unknown,
  ) {
    super(why instanceof Error ? why.message : String(why));
  }

  get problem(): Problem {
    return {
      code: "page.incomplete",
      message: `The part of this page that ${this.what} did not arrive`,
      where: "the page",
      expected: "a script from the server that the page came from",
      found: this.message,
      todo: "Reload the page once its server answers again. A file of this machine has to be dropped again then.",
    };
  }
}
