import { htmlOf } from "./html.ts";
import { markdownOf } from "./markdown.ts";
import { makeTicket, type Told } from "./ticket.ts";
import type { TicketFormat } from "./ticket-formats.ts";

const WRITERS = { markdown: markdownOf, html: htmlOf };

/** The same bytes from the page and from the command. @param told at least one, in order. */
export const writeTicket = (told: readonly Told[], format: TicketFormat): string =>
  WRITERS[format](makeTicket(told));
