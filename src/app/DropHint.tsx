import styles from "./DropHint.module.css";

/** Over everything while a file is held above the page. */
export function DropHint({ replaces }: { replaces: boolean }) {
  return (
    <div className={styles.hint} aria-hidden="true">
      <p>{replaces ? "Drop it to check this image instead" : "Drop it to check this image"}</p>
    </div>
  );
}
