import { damageHead, STATES, timeWords } from "../../explain/files/file-words.ts";
import type { FileEntry, FileList, FileType } from "../../protocol/files.ts";
import { printable } from "../../protocol/printable.ts";
import { byteSize } from "../../ui/format.ts";
import { VirtualTable } from "../../ui/VirtualTable.tsx";
import styles from "./FilesPanel.module.css";
import { shortName } from "./names.ts";

interface FileTableProps {
  list: FileList;
  /** For a directory. */
  onOpen: (path: string) => void;
  /** For all else. */
  onShow: (file: FileEntry) => void;
}

const COLUMNS = [
  { name: "Name" },
  { name: "State" },
  { name: "Kind" },
  { name: "Size" },
  { name: "Modified" },
];

const KINDS: Record<FileType, string> = {
  file: "file",
  directory: "directory",
  symlink: "symlink",
  fifo: "fifo",
  socket: "socket",
  block: "block device",
  character: "character device",
  unknown: "unknown",
};

/** Enter or a click opens a directory, and shows more of a file. */
export function FileTable({ list, onOpen, onShow }: FileTableProps) {
  const { files } = list;
  return (
    <VirtualTable
      label="Files of the snapshot"
      className={styles.table}
      columns={COLUMNS}
      rows={files.length}
      onActivate={(at) => {
        const file = files[at];
        if (file?.type === "directory") onOpen(file.path);
        else if (file !== undefined) onShow(file);
      }}
      renderRow={(at, props) => {
        const file = files[at];
        if (file === undefined) return null;
        const { path, type, size, mtime, target } = file;
        return (
          <tr key={at} {...props}>
            <td className={styles.name}>
              <span className={type === "directory" ? styles.link : undefined}>
                {shortName(path)}
              </span>
              {target !== null && (
                <span className={styles.quiet}> → {printable(target).slice(0, MOST_TARGET)}</span>
              )}
            </td>
            <td>
              <StateOf file={file} />
            </td>
            <td className={styles.quiet}>{KINDS[type]}</td>
            <td className={styles.number}>{size === null ? "?" : byteSize(Number(size))}</td>
            <td className={styles.number}>{mtime === null ? "?" : timeWords(mtime)}</td>
          </tr>
        );
      }}
    />
  );
}

/** All of a longer one stands below the table. */
const MOST_TARGET = 64;

function StateOf({ file: { state, damage } }: { file: FileEntry }) {
  const [first] = damage;
  if (state === "whole") return <span className={styles.quiet}>{STATES.whole}</span>;
  return (
    <span className={styles.hit}>
      {STATES[state]}
      {first && `: ${damageHead(first)}`}
    </span>
  );
}
