import type { ReactNode } from "react";
import { Panel } from "../../ui/Panel.tsx";
import styles from "./InspectFrame.module.css";

interface InspectFrameProps {
  verdict: ReactNode;
  header: ReactNode;
  area: ReactNode;
  findings: ReactNode;
  /** Beside the findings. */
  side: ReactNode;
}

/** Where everything has its place, before and after it is read: so nothing jumps. */
export function InspectFrame({ verdict, header, area, findings, side }: InspectFrameProps) {
  return (
    <main className={styles.frame}>
      {verdict}
      <div className={styles.buffers}>
        {header}
        {area}
      </div>
      <div className={styles.lists}>
        {findings}
        {side}
      </div>
    </main>
  );
}

/** The place of a panel whose content is on its way. */
export function PendingPanel({ title }: { title: string }) {
  return (
    <Panel title={title} about="reading …" className={styles.pending}>
      <div className={styles.empty} />
    </Panel>
  );
}
