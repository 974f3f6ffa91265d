import type { ReactNode } from "react";
import type { Severity } from "../protocol/finding.ts";
import styles from "./SeverityChip.module.css";

/** A word on its severity's colour. */
export function SeverityChip({ severity, children }: { severity: Severity; children: ReactNode }) {
  return <span className={`${styles.chip} ${styles[severity]}`}>{children}</span>;
}
