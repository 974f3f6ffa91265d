import type { ReactNode } from "react";
import styles from "./Notice.module.css";

/** A line below the top bar, about something that is not as it was asked for. */
export function Notice({ children }: { children: ReactNode }) {
  return (
    <div className={styles.notice} role="status">
      {children}
    </div>
  );
}
