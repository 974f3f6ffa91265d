import { hexDigits, printable } from "../ui/format.ts";
import styles from "./ByteCells.module.css";
import { type ByteFocus, CARET, CLOSES, HOVERED, OPENS, SELECTED } from "./byte-focus.ts";
import type { Part } from "./field-map.ts";
import type { Mark } from "./marks.ts";
import { useLook } from "./use-look.ts";

interface ByteCellProps {
  offset: number;
  byte: number;
  part: Part | null;
  mark: Mark | null;
  focus: ByteFocus;
}

export function HexCell({ id, ...cell }: ByteCellProps & { id: string }) {
  const look = useLook(cell.focus, cell.offset, cell.offset + 1);
  return (
    <td
      id={id}
      data-offset={cell.offset}
      className={`${styles.hex} ${classesOf(cell, look)}`}
      aria-label={spoken(cell)}
    >
      {hexDigits(cell.byte, 2)}
    </td>
  );
}

export function AsciiCell(cell: ByteCellProps) {
  const look = useLook(cell.focus, cell.offset, cell.offset + 1);
  return (
    <span data-offset={cell.offset} className={`${styles.ascii} ${classesOf(cell, look)}`}>
      {printable(cell.byte)}
    </span>
  );
}

/** "53, magic" and, where a finding points to it, what it is. */
function spoken({ byte, part, mark }: ByteCellProps): string {
  const words = [hexDigits(byte, 2), part?.name ?? "no field", mark];
  return words.filter((word) => word !== null).join(", ");
}

function classesOf({ byte, part, mark }: ByteCellProps, look: number): string {
  return [
    byte === 0 && styles.zero,
    part !== null && styles[`tint${part.tint}`],
    mark !== null && styles[mark],
    (look & HOVERED) !== 0 && styles.hovered,
    (look & SELECTED) !== 0 && styles.selected,
    (look & OPENS) !== 0 && styles.opens,
    (look & CLOSES) !== 0 && styles.closes,
    (look & CARET) !== 0 && styles.caret,
  ]
    .filter(Boolean)
    .join(" ");
}
