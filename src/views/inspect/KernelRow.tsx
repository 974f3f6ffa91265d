import type { KernelRow as Row } from "../../explain/kernel/kernel-rows.ts";
import { Chevron } from "../../ui/icons.tsx";
import { SeverityChip } from "../../ui/SeverityChip.tsx";
import { Gist, Lines } from "./KernelLines.tsx";
import styles from "./KernelTable.module.css";

interface KernelRowProps {
  row: Row;
  isOpen: boolean;
  onToggle: () => void;
}

/** One age of kernels: what it does in a word, and what it prints, in short or in full. */
export function KernelRow({ row, isOpen, onToggle }: KernelRowProps) {
  // Kernel lines are long: they get the width of the table, what is short stays in its column.
  const console = row.lines.filter(({ from }) => from === "dmesg");
  const rest = row.lines.filter(({ from }) => from !== "dmesg");
  return (
    <>
      <tr className={isOpen && console.length > 0 ? styles.goesOn : ""}>
        <th scope="row">
          <button type="button" className={styles.name} aria-expanded={isOpen} onClick={onToggle}>
            <span className={styles.chevron}>
              <Chevron towards="next" />
            </span>
            <span>
              {row.kernels}
              {row.aside !== null && <span className={styles.aside}> {row.aside}</span>}
            </span>
          </button>
        </th>
        <td>
          <SeverityChip severity={row.severity}>{row.word}</SeverityChip>
        </td>
        <td>{isOpen ? <Lines lines={rest} /> : <Gist texts={row.gist} />}</td>
      </tr>
      {isOpen && console.length > 0 && (
        <tr>
          <td colSpan={3} className={styles.console}>
            <Lines lines={console} />
          </td>
        </tr>
      )}
    </>
  );
}
