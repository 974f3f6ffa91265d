import type { Report } from "../../protocol/report.ts";
import { plural } from "../words.ts";
import { type NotChecked, problemSection } from "./problem-section.ts";
import { storeSection } from "./store-section.ts";
import type { Ticket } from "./ticket-parts.ts";

/** A check's report, or why there is none. */
export type Told = Report | NotChecked;

/** @param told what was checked, in order: at least one. */
export function makeTicket(told: readonly Told[]): Ticket {
  const sections = told.map((one) => ("verdict" in one ? storeSection(one) : problemSection(one)));
  return {
    title: "cowscope report",
    about: [
      ...(told.length === 1 ? [] : [`${plural(told.length, "report")}.`]),
      "In it is what header and metadata areas say: no bytes of a data chunk.",
    ],
    sections,
  };
}
