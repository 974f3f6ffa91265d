import { useEffect, useMemo, useState, useSyncExternalStore } from "react";
import type { Origin, StoreReader } from "../../client/held-store.ts";
import { fileSystemWords } from "../../explain/files/file-words.ts";
import type { FileEntry } from "../../protocol/files.ts";
import { Button } from "../../ui/Button.tsx";
import { saveBlob } from "../../ui/save-file.ts";
import { TabBody } from "../../ui/TabbedPanel.tsx";
import { useKeys } from "../../ui/use-keys.ts";
import { DirectoryPath } from "./DirectoryPath.tsx";
import { FileDetails } from "./FileDetails.tsx";
import styles from "./FilesPanel.module.css";
import { FilesProblems } from "./FilesProblems.tsx";
import { FileTable } from "./FileTable.tsx";
import { type Doing, FilesRun } from "./files-run.ts";
import { nameOf } from "./names.ts";
import { SaveFile } from "./SaveFile.tsx";

export interface FilesPanelProps {
  /** Nothing is read before. */
  isOpen: boolean;
  reader: StoreReader;
  origin: Origin;
}

/** What is in the file system of the snapshot, a directory at a time. */
export function FilesPanel({ isOpen, reader, origin }: FilesPanelProps) {
  const run = useMemo(() => new FilesRun(reader, origin, saveBlob), [reader, origin]);
  const { doing, opened, list, problem, said } = useSyncExternalStore(run.subscribe, run.state);
  const [current, setCurrent] = useState<FileEntry | null>(null);
  useEffect(() => () => run.stop(), [run]);
  useEffect(() => {
    const { doing: now, list: shown, problem: wrong } = run.state();
    if (isOpen && now === null && shown === null && wrong === null) void run.list("/");
  }, [run, isOpen]);
  useKeys(isOpen && doing !== null ? [["Escape", () => run.stop()]] : []);

  const open = (path: string) => {
    // A file that is being put together is not given up for a look elsewhere.
    if (doing?.what === "save") return;
    setCurrent(null);
    void run.list(path);
  };
  // Of the directory that is shown: another origin has other files.
  const shown = current !== null && list?.files.includes(current) ? current : null;
  const facts = opened === null ? "" : fileSystemWords(opened.fileSystem);
  return (
    <TabBody
      aside={
        <>
          {shown !== null && (
            <SaveFile file={shown} isBusy={doing !== null} onSave={() => void run.save(shown)} />
          )}
          {list === null && doing === null && problem === null && (
            <Button onClick={() => open("/")}>List the files</Button>
          )}
        </>
      }
    >
      <div className={styles.box}>
        <div className={styles.head}>
          {list !== null && <DirectoryPath path={list.path} onOpen={open} />}
          <p role="status">{doing === null ? said || facts : doingWords(doing)}</p>
          {doing !== null && <Button onClick={() => run.stop()}>Stop</Button>}
        </div>
        {opened !== null && opened.fileSystem.notes.length > 0 && (
          <ul className={styles.notes} aria-label="Notes">
            {opened.fileSystem.notes.map((note) => (
              <li key={note}>{note}</li>
            ))}
          </ul>
        )}
        <FilesProblems
          problem={problem}
          list={list}
          onRetry={() => open(list === null ? "/" : list.path)}
        />
        {list !== null && (
          <FileTable
            // The cursor of another directory would be on a file that has nothing to do with it.
            key={list.path}
            list={list}
            onOpen={open}
            onShow={setCurrent}
          />
        )}
        {shown !== null && <FileDetails file={shown} />}
      </div>
    </TabBody>
  );
}

const doingWords = ({ what, path }: Doing): string =>
  `${what === "list" ? "listing" : "reading"} ${nameOf(path)} …`;
