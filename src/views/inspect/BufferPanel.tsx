import type { ReactNode } from "react";
import type { ByteFocus } from "../../hex/byte-focus.ts";
import { HexGrid } from "../../hex/HexGrid.tsx";
import type { ChunkBytes } from "../../protocol/store-service.ts";
import { offsetWidth } from "../../ui/format.ts";
import { Panel } from "../../ui/Panel.tsx";
import styles from "./BufferPanel.module.css";
import { MarkCounts } from "./MarkCounts.tsx";
import { Unexplained } from "./Unexplained.tsx";
import type { BufferView } from "./use-buffer.ts";

interface BufferPanelProps {
  title: string;
  /** Which chunk it is, after its number. */
  about: string;
  view: BufferView;
  focus: ByteFocus;
  imageBytes: number;
  /** Controls in the head. */
  aside?: ReactNode;
  /** The field table. */
  children: ReactNode;
}

const CUT_WORDS: Record<ChunkBytes["cut"], string | null> = {
  no: null,
  "image-ends": "The image ends inside this chunk.",
  "too-long-to-show": "The chunk is longer: its first MiB is shown.",
};

/** One buffer of the kernel's: its fields over its bytes. */
export function BufferPanel(props: BufferPanelProps) {
  const { title, about, view, focus, imageBytes, aside, children } = props;
  const { chunk, fields, marks, runs, groupOf } = view;
  const where = `chunk ${chunk.chunk} · offset 0x${chunk.offset.toString(16)}`;
  return (
    <Panel
      title={title}
      about={[where, about, CUT_WORDS[chunk.cut]].filter(Boolean).join(" · ")}
      aside={
        <>
          <MarkCounts counts={marks.counts} />
          {aside}
        </>
      }
      className={styles.panel}
    >
      <div className={styles.fields}>{children}</div>
      <Unexplained runs={runs} chunk={chunk} focus={focus} />
      <HexGrid
        label={`Bytes of ${title}`}
        chunk={chunk}
        fields={fields}
        marks={marks}
        focus={focus}
        offsetDigits={offsetWidth(imageBytes)}
        groupOf={groupOf}
      />
    </Panel>
  );
}
