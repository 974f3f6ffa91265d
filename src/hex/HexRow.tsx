import { Fragment, memo } from "react";
import type { ChunkBytes } from "../protocol/store-service.ts";
import { hexDigits } from "../ui/format.ts";
import { AsciiCell, HexCell } from "./ByteCells.tsx";
import type { ByteFocus } from "./byte-focus.ts";
import type { FieldMap } from "./field-map.ts";
import styles from "./HexGrid.module.css";
import type { ByteMarks } from "./marks.ts";

interface HexRowProps {
  /** The grid's id: a byte's cell is this followed by its offset. */
  id: string;
  row: number;
  /** Offset of its first byte on the device. */
  start: number;
  perRow: number;
  chunk: ChunkBytes;
  fields: FieldMap;
  marks: ByteMarks;
  focus: ByteFocus;
  offsetDigits: number;
}

/** Bytes to the gap in a row. */
const GROUP = 8;

/** One row: it renders once; its cells follow the hover and the selection by themselves. */
export const HexRow = memo(function HexRow(props: HexRowProps) {
  const { id, row, start, perRow, chunk, fields, marks, focus, offsetDigits } = props;
  const from = start - Number(chunk.offset);
  const shown = Array.from(chunk.bytes.subarray(from, from + perRow), (byte, at) => {
    const offset = start + at;
    return { offset, byte, part: fields.at(offset), mark: marks.at(offset), focus };
  });
  const missing = perRow - shown.length;
  return (
    <tr aria-rowindex={row + 1}>
      <th scope="row" className={styles.offset}>
        {hexDigits(start, offsetDigits)}
      </th>
      {shown.map((cell, at) => (
        <Fragment key={cell.offset}>
          {at === GROUP && <td className={styles.gap} aria-hidden="true" />}
          <HexCell id={`${id}${cell.offset}`} {...cell} />
        </Fragment>
      ))}
      {missing > 0 && <td colSpan={missing + (shown.length <= GROUP && perRow > GROUP ? 1 : 0)} />}
      <td className={styles.ascii} aria-hidden="true">
        {shown.map((cell) => (
          <AsciiCell key={cell.offset} {...cell} />
        ))}
      </td>
    </tr>
  );
});
