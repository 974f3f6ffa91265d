import styles from "./DropHint.module.css";

/** What a dropped file is taken for: an image to check, or the origin of the one that is open. */
export type FileUse = "store" | "origin";

interface DropHintProps {
  /** What letting go would do now. */
  over: FileUse;
  /** Whether an image is on the screen already. */
  replaces: boolean;
  /** Whether the open store makes a snapshot of an origin. */
  takesOrigin: boolean;
}

/** Over everything while a file is held above the page: a zone for each use. */
export function DropHint({ over, replaces, takesOrigin }: DropHintProps) {
  const zone = (use: FileUse) => `${styles.zone} ${over === use ? styles.over : ""}`;
  return (
    <div className={styles.hint} aria-hidden="true">
      <p className={zone("store")}>
        {replaces ? "Drop it to check this image instead" : "Drop it to check this image"}
      </p>
      {takesOrigin && (
        <p className={zone("origin")} data-use="origin">
          Use it as the origin of the snapshot
        </p>
      )}
    </div>
  );
}
