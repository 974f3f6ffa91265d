import { useState } from "react";
import type { ByteFocus } from "../../hex/byte-focus.ts";
import type { Span } from "../../hex/span.ts";
import type { ChunkBytes } from "../../protocol/store-service.ts";
import { counted } from "../../ui/format.ts";
import { Stepper } from "../../ui/Stepper.tsx";
import { RunButton } from "./RunButton.tsx";
import styles from "./Unexplained.module.css";

interface UnexplainedProps {
  runs: Span[];
  chunk: ChunkBytes;
  focus: ByteFocus;
}

/** More are reached by stepping. */
const LISTED = 40;

/** The bytes that no field explains: a list, and a way to step through it. */
export function Unexplained({ runs, chunk, focus }: UnexplainedProps) {
  const [current, setCurrent] = useState<{ chunk: ChunkBytes; at: number } | null>(null);
  if (runs.length === 0) {
    return (
      <p className={styles.strip}>No bytes outside the fields: the rest of the chunk is zero.</p>
    );
  }
  // A position belongs to the chunk it was set in.
  const at = current?.chunk === chunk ? current.at : null;
  const goTo = (index: number) => {
    const run = runs[index];
    if (run === undefined) return;
    setCurrent({ chunk, at: index });
    focus.select(run);
  };
  return (
    <div className={styles.strip}>
      <span>{counted(runs.length, "run")} of bytes in no field</span>
      <ul className={styles.list} aria-label="Bytes in no field">
        {runs.slice(0, LISTED).map((run, index) => (
          <li key={run.start}>
            <RunButton run={run} focus={focus} onClick={() => goTo(index)} />
          </li>
        ))}
        {runs.length > LISTED && <li>…</li>}
      </ul>
      <Stepper
        what="bytes in no field"
        onPrevious={at === null || at === 0 ? null : () => goTo(at - 1)}
        onNext={at === runs.length - 1 ? null : () => goTo(at === null ? 0 : at + 1)}
      >
        {at === null ? "" : `${at + 1} of ${runs.length}`}
      </Stepper>
    </div>
  );
}
