import type { ReactNode } from "react";
import type { Severity } from "../../protocol/finding.ts";
import { SeverityIcon } from "../../ui/icons.tsx";
import { RichText } from "../../ui/RichText.tsx";
import styles from "./ProblemScreen.module.css";

interface ProblemScreenProps {
  severity: Severity;
  /** What happened. */
  title: string;
  /** Where, expected, found: only what is known. */
  details: { name: string; text: string }[];
  /** What the person can do now. */
  todo: string;
  /** The ways on. */
  actions: ReactNode;
  children?: ReactNode;
}

/** What happened, the details, what to do now. */
export function ProblemScreen(props: ProblemScreenProps) {
  const { severity, title, details, todo, actions, children } = props;
  return (
    <main className={styles.screen}>
      <section className={`${styles.card} ${styles[severity]}`} aria-label="Problem">
        <h1 className={styles.title}>
          <SeverityIcon severity={severity} />
          {title}
        </h1>
        <dl className={styles.details}>
          {details
            .filter(({ text }) => text !== "")
            .map(({ name, text }) => (
              <div key={name}>
                <dt>{name}</dt>
                <dd>
                  <RichText text={text} />
                </dd>
              </div>
            ))}
        </dl>
        <p className={styles.todo}>
          <b>What to do now.</b> <RichText text={todo} />
        </p>
        <div className={styles.actions}>{actions}</div>
      </section>
      {children}
    </main>
  );
}
