import { useEffect, useId, useMemo, useRef, useState } from "react";
import type { Origin, StoreReader } from "../../client/held-store.ts";
import type { Problem, Result } from "../../protocol/problem.ts";
import type { ChunkPair, OpenedStore } from "../../protocol/store-service.ts";
import { Button } from "../../ui/Button.tsx";
import styles from "./DataDialog.module.css";
import { DataGrids } from "./DataGrids.tsx";

/** An exception whose data is to be seen: chunks, as they stand on the disk. */
export interface ShownException {
  old: bigint;
  new: bigint;
}

interface DataDialogProps {
  store: OpenedStore;
  reader: StoreReader;
  origin: Origin | null;
  exception: ShownException;
  onClose: () => void;
}

/** Bits 56-63 of new_chunk are no part of the chunk's number: dm_chunk_number(). */
const NUMBER_BITS = 56;

/** A data chunk, beside the chunk of the origin that it stands for where that is at hand. */
export function DataDialog({ store, reader, origin, exception, onClose }: DataDialogProps) {
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  const asked = useMemo(
    () => ({ old: exception.old, new: BigInt.asUintN(NUMBER_BITS, exception.new) }),
    [exception],
  );
  const [read, setRead] = useState<Result<ChunkPair> | null>(null);
  useEffect(() => dialog.current?.showModal(), []);
  useEffect(() => {
    let wanted = true;
    setRead(null);
    void reader.chunkPair(asked, origin).then((result) => {
      if (wanted) setRead(result);
    });
    return () => {
      wanted = false;
    };
  }, [reader, asked, origin]);

  return (
    <dialog ref={dialog} className={styles.dialog} aria-labelledby={id} onClose={onClose}>
      <div className={styles.head}>
        <h2 id={id}>
          Data of origin chunk {String(asked.old)}, in chunk {String(asked.new)}
        </h2>
        <form method="dialog">
          <Button type="submit">Close</Button>
        </form>
      </div>
      {read === null && <p className={styles.words}>reading …</p>}
      {read?.ok === false && <ProblemWords problem={read.problem} />}
      {read?.ok && <DataGrids store={store} pair={read.value} />}
    </dialog>
  );
}

function ProblemWords({ problem }: { problem: Problem }) {
  return (
    <p className={styles.words} role="alert">
      {problem.message}. {problem.todo}.
    </p>
  );
}
