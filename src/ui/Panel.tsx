import { type ReactNode, useId } from "react";
import styles from "./Panel.module.css";

interface PanelProps {
  title: string;
  /** A quiet line beside the title. */
  about?: ReactNode;
  /** Controls at the far end of the head. */
  aside?: ReactNode;
  className?: string | undefined;
  children: ReactNode;
}

/** A titled box; its body scrolls by itself where the screen is one fixed page. */
export function Panel({ title, about, aside, className = "", children }: PanelProps) {
  const titleId = useId();
  return (
    <section className={`${styles.panel} ${className}`} aria-labelledby={titleId}>
      <header className={styles.head}>
        <h2 id={titleId} className={styles.title}>
          {title}
        </h2>
        <p className={styles.about}>{about}</p>
        <div className={styles.aside}>{aside}</div>
      </header>
      {children}
    </section>
  );
}
