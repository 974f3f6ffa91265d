import { useMemo, useState } from "react";
import { beginningWords } from "../../explain/report/diff-text.ts";
import type { DiffKind, DiffReport, DiffRun } from "../../protocol/diff.ts";
import { byteSize, counted, grouped } from "../../ui/format.ts";
import { type RowProps, VirtualTable } from "../../ui/VirtualTable.tsx";
import styles from "./CompareDialog.module.css";
import { DiffSides } from "./DiffSides.tsx";

const KINDS: Record<DiffKind, { words: string; left: string; right: string }> = {
  same: { words: "mapped the same in both", left: "same", right: "same" },
  different: { words: "mapped elsewhere", left: "other chunk", right: "other chunk" },
  left_only: { words: "only on the left", left: "mapped", right: "—" },
  right_only: { words: "only on the right", left: "—", right: "mapped" },
};
const KIND_NAMES: readonly DiffKind[] = ["same", "different", "left_only", "right_only"];

/** What `cowscope diff` says: header and size, merge progress, and runs of origin chunks. */
export function Comparison({ report }: { report: DiffReport }) {
  const { left, right, chunks, runs, unlisted, beginning, same } = report;
  const [alike, setAlike] = useState(false);
  const [current, setCurrent] = useState<DiffRun | null>(null);
  const shown = useMemo(
    () => (alike ? runs : runs.filter(({ kind }) => kind !== "same")),
    [runs, alike],
  );
  const chunkBytes = BigInt(left.chunkSize) * 512n;
  const comparable = left.chunkSize === right.chunkSize;
  return (
    <div className={styles.body}>
      <p className={styles.verdict} role="status">
        {same
          ? "Same header, same size, and every chunk is mapped the same."
          : comparable
            ? "The two stores differ."
            : `The left has chunks of ${left.chunkSize} sectors, the right of ${right.chunkSize}: their mappings cannot be compared.`}
        {beginning !== null && ` ${beginningWords(beginning, ["left", "right"])}`}
      </p>
      <DiffSides report={report} />
      {comparable && (
        <>
          <ul className={styles.counts}>
            {KIND_NAMES.map((kind) => (
              <li key={kind}>
                <b>{grouped(chunks[kind])}</b> {KINDS[kind].words} (
                {byteSize(Number(BigInt(chunks[kind]) * chunkBytes))})
              </li>
            ))}
          </ul>
          <label className={styles.alike}>
            <input
              type="checkbox"
              checked={alike}
              onChange={({ target }) => {
                setAlike(target.checked);
                setCurrent(null);
              }}
            />
            Show also what is mapped the same
          </label>
          <VirtualTable
            label="Runs of origin chunks"
            columns={[
              { name: "Origin chunks", width: "34%" },
              { name: "Size", width: "22%" },
              { name: "Left", width: "22%" },
              { name: "Right" },
            ]}
            rows={shown.length}
            onActivate={(at) => setCurrent(shown[at] ?? null)}
            renderRow={(at, props) => (
              <RunRow key={at} run={shown[at]} chunkBytes={chunkBytes} props={props} />
            )}
          />
          <p className={styles.words} aria-live="polite">
            {current !== null
              ? bytesOfRun(current, chunkBytes)
              : `${counted(shown.length, "run")}${unlisted === "0" ? "" : `, and ${grouped(unlisted)} more that are not listed`}`}
          </p>
        </>
      )}
    </div>
  );
}

interface RunRowProps {
  run: DiffRun | undefined;
  chunkBytes: bigint;
  props: RowProps;
}

function RunRow({ run, chunkBytes, props }: RunRowProps) {
  if (run === undefined) return null;
  const { kind, length } = run;
  return (
    <tr {...props}>
      <td className={styles.number}>{rangeOf(run)}</td>
      <td className={styles.number}>{byteSize(Number(BigInt(length) * chunkBytes))}</td>
      <td>{KINDS[kind].left}</td>
      <td>{KINDS[kind].right}</td>
    </tr>
  );
}

function rangeOf({ begin, length }: DiffRun): string {
  if (length === "1") return grouped(begin);
  return `${grouped(begin)}–${grouped(BigInt(begin) + BigInt(length) - 1n)}`;
}

/** A run in bytes of the origin, from its first to its last. */
function bytesOfRun(run: DiffRun, chunkBytes: bigint): string {
  const first = BigInt(run.begin) * chunkBytes;
  const bytes = BigInt(run.length) * chunkBytes;
  const last = first + bytes - 1n;
  return `Origin bytes 0x${first.toString(16)} to 0x${last.toString(16)}, ${counted(bytes, "byte")}: ${KINDS[run.kind].words}.`;
}
