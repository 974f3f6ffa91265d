import { type ByteFocus, HOVERED, SELECTED } from "../../hex/byte-focus.ts";
import type { Part } from "../../hex/field-map.ts";
import { useLook } from "../../hex/use-look.ts";
import type { Finding } from "../../protocol/finding.ts";
import type { ChunkBytes } from "../../protocol/store-service.ts";
import type { RowProps } from "../../ui/VirtualTable.tsx";
import styles from "./AreaEntry.module.css";
import { EntryCell } from "./EntryCell.tsx";
import { findingFor } from "./field-words.ts";

interface AreaEntryProps {
  rowProps: RowProps;
  index: number;
  parts: Part[];
  chunk: ChunkBytes;
  findings: readonly Finding[];
  /** In place of "committed", where it is not. */
  fate: string | null;
  focus: ByteFocus;
}

export function AreaEntry(props: AreaEntryProps) {
  const { rowProps, index, parts, chunk, findings, fate, focus } = props;
  const whole = { start: parts.at(0)?.start ?? 0, end: parts.at(-1)?.end ?? 0 };
  const look = useLook(focus, whole.start, whole.end);
  const hits = parts.map((part) => findingFor(part, findings));
  // Also what points to the entry as a whole, beside what one field has of its own.
  const worst = findingFor(whole, findings);
  const state = fate ?? worst?.code ?? "committed";
  return (
    <tr
      {...rowProps}
      aria-selected={(look & SELECTED) !== 0}
      className={[
        rowProps.className,
        styles.row,
        look & SELECTED ? styles.selected : "",
        look & HOVERED ? styles.hovered : "",
      ].join(" ")}
    >
      <td className={styles.index}>{index}</td>
      {parts.map((part, at) => (
        <EntryCell
          key={part.name}
          part={part}
          chunk={chunk}
          finding={hits[at] ?? null}
          focus={focus}
        />
      ))}
      <td
        className={`${styles.state} ${fate === null && worst ? styles[`${worst.severity}State`] : ""}`}
      >
        {state}
      </td>
    </tr>
  );
}
