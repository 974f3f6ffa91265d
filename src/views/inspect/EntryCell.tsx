import { type ByteFocus, HOVERED, SELECTED } from "../../hex/byte-focus.ts";
import type { Part } from "../../hex/field-map.ts";
import { littleEndian } from "../../hex/little-endian.ts";
import { useLook } from "../../hex/use-look.ts";
import type { Finding } from "../../protocol/finding.ts";
import type { ChunkBytes } from "../../protocol/store-service.ts";
import styles from "./AreaEntry.module.css";

interface EntryCellProps {
  part: Part;
  chunk: ChunkBytes;
  finding: Finding | null;
  focus: ByteFocus;
}

/** One field of an entry: a click selects its bytes alone. */
export function EntryCell({ part, chunk, finding, focus }: EntryCellProps) {
  const look = useLook(focus, part.start, part.end);
  const value = littleEndian(chunk, part);
  return (
    <td>
      <button
        type="button"
        tabIndex={-1}
        className={[
          styles.number,
          styles[`tint${part.tint}`],
          finding === null ? "" : styles[finding.severity],
          look & HOVERED ? styles.fieldHovered : "",
          look & SELECTED ? styles.fieldSelected : "",
        ].join(" ")}
        title={finding?.message}
        onPointerEnter={() => focus.hover(part)}
        onPointerLeave={() => focus.hover(null)}
        onClick={(event) => {
          // The row's own click would select the whole entry.
          event.stopPropagation();
          focus.select(part);
        }}
      >
        {value === null ? "cut off" : String(value)}
      </button>
    </td>
  );
}
