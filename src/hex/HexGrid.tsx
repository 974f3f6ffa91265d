import { type MouseEvent, type PointerEvent, useEffect, useId, useRef } from "react";
import type { ChunkBytes } from "../protocol/store-service.ts";
import { GridTable } from "../ui/GridTable.tsx";
import { useRows } from "../ui/use-rows.ts";
import type { ByteFocus } from "./byte-focus.ts";
import type { FieldMap } from "./field-map.ts";
import styles from "./HexGrid.module.css";
import { HexRow } from "./HexRow.tsx";
import { type ByteMarks, spanOfChunk } from "./marks.ts";
import { contains, type Span } from "./span.ts";
import { useBytesPerRow } from "./use-bytes-per-row.ts";
import { useCaret } from "./use-caret.ts";

interface HexGridProps {
  label: string;
  chunk: ChunkBytes;
  fields: FieldMap;
  marks: ByteMarks;
  focus: ByteFocus;
  /** Hex digits of an offset. */
  offsetDigits: number;
  /** What a byte belongs to: the bytes that are hovered and selected with it. */
  groupOf: (offset: number) => Span;
}

const ROW_HEIGHT = 20;

/**
 * The bytes of one chunk: offsets, hex, ASCII. One tab stop: the arrow keys move the caret from byte
 * to byte. The focus stays on the grid itself, since the byte under the caret may scroll out of the
 * document.
 */
export function HexGrid(props: HexGridProps) {
  const { label, chunk, fields, marks, focus, offsetDigits, groupOf } = props;
  const id = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const perRow = useBytesPerRow(scroller);
  const { start, end } = spanOfChunk(chunk);
  const rows = Math.ceil((end - start) / perRow);
  const list = useRows(scroller, rows, ROW_HEIGHT);
  const { show, rowsInView } = list;
  const caret = useCaret({ focus, whole: { start, end }, perRow, rowsInView, groupOf });

  useEffect(() => {
    const reveal = (caret: number | null) => {
      if (caret !== null && contains({ start, end }, caret))
        show(Math.floor((caret - start) / perRow));
    };
    // A chunk that has just arrived shows the caret if it holds it, else its beginning.
    if (focus.caret !== null && contains({ start, end }, focus.caret)) reveal(focus.caret);
    else show(0);
    return focus.onSelect(reveal);
  }, [focus, start, end, perRow, show]);

  const onPointerOver = (event: PointerEvent) => {
    const offset = offsetUnder(event);
    focus.hover(offset === null ? null : groupOf(offset));
  };
  const onClick = (event: MouseEvent) => {
    const offset = offsetUnder(event);
    if (offset !== null) focus.select(groupOf(offset), offset);
  };

  const drawn = Array.from({ length: list.count }, (_, at) => list.first + at);
  return (
    <div ref={scroller} onScroll={list.onScroll} className={styles.scroller}>
      <div style={{ paddingTop: list.spaceBefore, paddingBottom: list.spaceAfter }}>
        <GridTable
          className={styles.grid}
          aria-label={label}
          aria-rowcount={rows}
          aria-activedescendant={caret.at === null ? undefined : `${id}${caret.at}`}
          onKeyDown={caret.onKeyDown}
          onFocus={caret.onFocus}
          onPointerOver={onPointerOver}
          onPointerLeave={() => focus.hover(null)}
          onClick={onClick}
        >
          <tbody>
            {drawn.map((row) => (
              <HexRow
                key={row}
                id={id}
                row={row}
                start={start + row * perRow}
                perRow={perRow}
                chunk={chunk}
                fields={fields}
                marks={marks}
                focus={focus}
                offsetDigits={offsetDigits}
              />
            ))}
          </tbody>
        </GridTable>
      </div>
    </div>
  );
}

/** The byte under the pointer, in hex or in ASCII. */
function offsetUnder(event: MouseEvent): number | null {
  const cell = event.target instanceof Element ? event.target.closest("[data-offset]") : null;
  return cell instanceof HTMLElement ? Number(cell.dataset.offset) : null;
}
