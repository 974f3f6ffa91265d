import type { ReactNode } from "react";
import { Button } from "../ui/Button.tsx";
import styles from "./Notice.module.css";

interface NoticeProps {
  severity: "note" | "problem";
  children: ReactNode;
  /** Left out where what it says stays true. */
  onDismiss?: () => void;
}

/** A line below the top bar, about something that is not as it was asked for. */
export function Notice({ severity, children, onDismiss }: NoticeProps) {
  return (
    <div className={`${styles.notice} ${styles[severity]}`} role="status">
      <p>{children}</p>
      {onDismiss && (
        <Button kind="icon" aria-label="Dismiss" onClick={onDismiss}>
          ×
        </Button>
      )}
    </div>
  );
}
