/** How a ticket can be written; what a browser is told of it. */
export const TICKET_FORMATS = {
  markdown: { ending: "md", type: "text/markdown" },
  html: { ending: "html", type: "text/html" },
} as const;

export type TicketFormat = keyof typeof TICKET_FORMATS;
