import type { NotChecked } from "../explain/ticket/problem-section.ts";
import type { Told } from "../explain/ticket/ticket.ts";
import type { TicketFormat } from "../explain/ticket/ticket-formats.ts";
import { writeTicket } from "../explain/ticket/write-ticket.ts";
import type { ImageAnswer } from "./answers.ts";
import { nameOf, shown } from "./image-names.ts";
import { UsageError } from "./usage.ts";

/** A document of more is read by nobody, and takes memory until its end. */
const MOST = 2000;

/** Gathers reports to one document: its table of contents stands first, so all must be there. */
export class TicketBook {
  private readonly told: Told[] = [];

  /** Longest first, so that none is met inside of another. */
  private readonly paths: readonly string[];

  /** @param images their paths: what is handed over names no folder of this machine. */
  constructor(
    private readonly format: TicketFormat,
    images: readonly string[],
  ) {
    this.paths = images.flatMap((path) => [path, shown(path)]).sort((a, b) => b.length - a.length);
  }

  /** @param answer with a line of JSON. @returns what is left to say at once. @throws UsageError */
  take(answer: ImageAnswer): ImageAnswer {
    if (answer.output === "") return answer;
    if (this.told.length === MOST) {
      throw new UsageError(
        `--format ${this.format} is for ${MOST} stores at most: take --json, or parts of the list (--shard)`,
      );
    }
    const told: Told = JSON.parse(answer.output);
    this.told.push("problem" in told ? this.withoutPaths(told) : told);
    return { ...answer, output: "" };
  }

  private withoutPaths({ image, problem }: NotChecked): NotChecked {
    const named = (text: string) =>
      this.paths.reduce((known, path) => known.replaceAll(path, () => nameOf(path)), text);
    const { message, found, ...rest } = problem;
    return { image, problem: { ...rest, message: named(message), found: named(found) } };
  }

  /** "" where nothing was checked: a share of a list can be empty. */
  text(): string {
    return this.told.length === 0 ? "" : writeTicket(this.told, this.format);
  }
}
