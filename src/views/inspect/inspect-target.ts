/** What of an open store is to be shown first: a row counts through the whole table. */
export type InspectTarget =
  | { to: "header" }
  | { to: "area"; area: number }
  | { to: "exception"; row: number };
