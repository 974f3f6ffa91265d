import styles from "./VerdictCard.module.css";

export function PendingVerdict() {
  return (
    <section className={styles.card} aria-label="Verdict">
      <div className={styles.words}>
        <h1 className={styles.title}>Reading the header …</h1>
      </div>
      <div className={styles.pendingKernel} />
    </section>
  );
}
