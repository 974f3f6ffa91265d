import { type FileEntry, MOST_SAVED_BYTES } from "../../protocol/files.ts";
import { Button } from "../../ui/Button.tsx";
import styles from "./FilesPanel.module.css";
import { readsAsZeros } from "./names.ts";

interface SaveFileProps {
  file: FileEntry;
  isBusy: boolean;
  onSave: () => void;
}

/** Saves the content of a file, where it has one that the page can put together. */
export function SaveFile({ file, isBusy, onSave }: SaveFileProps) {
  const { type, size } = file;
  if (type !== "file" || size === null) return null;
  if (BigInt(size) > MOST_SAVED_BYTES) {
    return (
      <span className={styles.quiet}>
        over 1 GiB: the command <code>cowscope files</code> writes it
      </span>
    );
  }
  const withZeros = readsAsZeros(file);
  return (
    <Button
      disabled={isBusy}
      aria-label={withZeros ? "Save it, with zeros for what cannot be read" : undefined}
      onClick={onSave}
    >
      {withZeros ? "Save it, with zeros" : "Save the file"}
    </Button>
  );
}
