import type { Severity } from "../../protocol/finding.ts";

/** A piece of a ticket. `text` has the two marks of a verdict: **strong** and `code`. */
export type Block =
  | { is: "heading"; text: string }
  /** `lead` stands in front of it, bold; "": nothing. */
  | { is: "text"; lead: string; text: string }
  /** The same without marks: it may name a file. */
  | { is: "unmarked"; lead: string; text: string }
  /** What is lost by what comes next. */
  | { is: "destroys"; text: string }
  /** As they are: commands, or what a console shows. */
  | { is: "lines"; lines: readonly string[] }
  | { is: "table"; head: readonly string[]; rows: readonly Row[] };

/** Cells of marked text, of a line or several each. */
export type Row = readonly (readonly string[])[];

/** What is said of one store, or of an image that could not be checked. */
export interface Section {
  /** As the report names it. */
  name: string;
  severity: Severity;
  /** One sentence: what is wrong. */
  title: string;
  blocks: readonly Block[];
}

/** A report to hand over, whatever it is written in. */
export interface Ticket {
  title: string;
  /** What it is about, and what is not in it. */
  about: readonly string[];
  sections: readonly Section[];
}
