import { useRef, useState } from "react";
import { kernelRows } from "../../explain/kernel/kernel-rows.ts";
import { MODERN } from "../../protocol/kernel-ages.ts";
import type { Report } from "../../protocol/report.ts";
import { KernelRow } from "./KernelRow.tsx";
import styles from "./KernelTable.module.css";
import { MergeRow } from "./MergeRow.tsx";
import { useMoreBelow } from "./use-more-below.ts";

/** Where the table stands beside the verdict: VerdictCard.module.css. */
const BESIDE = "(min-width: 901px)";

interface KernelTableProps {
  report: Report;
  /** Whether areas are still being read: how loading and merging end is known only then. */
  soFar: boolean;
}

/** What each age of kernels does when it activates this store, and what it prints. */
export function KernelTable({ report, soFar }: KernelTableProps) {
  const rows = kernelRows(report);
  const box = useRef<HTMLDivElement>(null);
  const moreBelow = useMoreBelow(box);
  const [height, setHeight] = useState<number>();
  // Where there are many each is told in short at first, so that all are seen: but for one chosen.
  const inShort = rows.length > 2 && report.options.kernel === MODERN;
  const [opened, setOpened] = useState<ReadonlySet<string>>(
    () => new Set(rows.filter(({ asked }) => asked && !inShort).map(({ kernels }) => kernels)),
  );
  const toggle = (kernels: string) => {
    // Beside the words it keeps its height and scrolls by itself: nothing below it moves.
    if (window.matchMedia(BESIDE).matches) setHeight(box.current?.offsetHeight);
    setOpened((now) => {
      const next = new Set(now);
      if (!next.delete(kernels)) next.add(kernels);
      return next;
    });
  };
  return (
    <div
      ref={box}
      className={`${styles.box} ${moreBelow ? styles.moreBelow : ""}`}
      style={{ maxHeight: height }}
    >
      <table className={styles.table}>
        <caption className="sr-only">What the kernel does with this store</caption>
        <thead>
          <tr>
            <th scope="col">Kernel</th>
            <th scope="col">On activation{soFar && ", so far"}</th>
            <th scope="col">It prints</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <KernelRow
              key={row.kernels}
              row={row}
              isOpen={opened.has(row.kernels)}
              onToggle={() => toggle(row.kernels)}
            />
          ))}
        </tbody>
        {!soFar && <MergeRow report={report} />}
      </table>
    </div>
  );
}
