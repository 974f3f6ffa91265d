import styles from "./FilesPanel.module.css";
import { directoriesOf } from "./names.ts";

interface DirectoryPathProps {
  path: string;
  onOpen: (path: string) => void;
}

/** Where the shown directory lies; each part leads up to it. */
export function DirectoryPath({ path, onOpen }: DirectoryPathProps) {
  const parts = directoriesOf(path);
  return (
    <nav className={styles.path} aria-label="Directory">
      {parts.map((part, at) =>
        at === parts.length - 1 ? (
          <b key={part.path} aria-current="page">
            {part.name}
          </b>
        ) : (
          <span key={part.path}>
            <button type="button" onClick={() => onOpen(part.path)}>
              {part.name}
            </button>
            {at > 0 && "/"}
          </span>
        ),
      )}
    </nav>
  );
}
