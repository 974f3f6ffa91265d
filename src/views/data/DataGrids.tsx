import { useMemo, useState } from "react";
import type { ByteFocus } from "../../hex/byte-focus.ts";
import type { FieldMap } from "../../hex/field-map.ts";
import { HexGrid } from "../../hex/HexGrid.tsx";
import type { ChunkBytes, ChunkPair, OpenedStore } from "../../protocol/store-service.ts";
import { Button } from "../../ui/Button.tsx";
import { counted, offsetWidth } from "../../ui/format.ts";
import styles from "./DataDialog.module.css";
import { differencesOf, marksOf } from "./differences.ts";
import { linkedFocus } from "./linked-focus.ts";

interface DataGridsProps {
  store: OpenedStore;
  pair: ChunkPair;
}

/** Both chunks, byte by byte; what is selected in one is selected in the other. */
export function DataGrids({ store, pair }: DataGridsProps) {
  const { cow, origin } = pair;
  const [current, setCurrent] = useState<number | null>(null);
  const base = Number(cow.offset);
  const focus = useMemo(
    () => linkedFocus(base, Number(origin?.chunk.offset ?? 0n)),
    [base, origin],
  );
  const differences = useMemo(
    () => (origin ? differencesOf(cow, origin.chunk) : []),
    [cow, origin],
  );
  const goTo = (at: number) => {
    const run = differences[at];
    if (run === undefined) return;
    setCurrent(at);
    focus.one.select({ start: base + run.start, end: base + run.end });
  };
  const next = current === null ? 0 : (current + 1) % Math.max(1, differences.length);
  return (
    <>
      <div className={styles.about}>
        <p role="status">
          {origin === null
            ? "Without the origin there is nothing to hold it against: choose it under “Snapshot”."
            : differenceWords(differences, cow, origin.chunk)}
          {current !== null && ` This is run ${current + 1}.`}
        </p>
        {differences.length > 0 && (
          <Button onClick={() => goTo(next)}>
            {current === null ? "First difference" : "Next difference"}
          </Button>
        )}
      </div>
      <div className={styles.sides}>
        <Side
          title={`What is kept: chunk ${cow.chunk} of the COW device`}
          label="Bytes of the data chunk"
          chunk={cow}
          other={origin?.chunk ?? null}
          focus={focus.one}
          deviceBytes={Number(store.report.image.bytes)}
        />
        {origin !== null && (
          <Side
            title={`As it is now: chunk ${origin.chunk.chunk} of ${origin.name}`}
            label="Bytes of the origin’s chunk"
            chunk={origin.chunk}
            other={cow}
            focus={focus.other}
            deviceBytes={Number(origin.chunk.offset) + origin.chunk.bytes.length}
          />
        )}
      </div>
    </>
  );
}

const CUT_WORDS: Record<ChunkBytes["cut"], string> = {
  no: "",
  "image-ends": " · it ends inside this chunk",
  "too-long-to-show": " · its first MiB",
};

/** Data has no fields. */
const NO_FIELDS: FieldMap = { explained: { start: 0, end: 0 }, at: () => null };

interface SideProps {
  title: string;
  label: string;
  chunk: ChunkBytes;
  other: ChunkBytes | null;
  focus: ByteFocus;
  deviceBytes: number;
}

function Side({ title, label, chunk, other, focus, deviceBytes }: SideProps) {
  const marks = useMemo(() => marksOf(chunk, other), [chunk, other]);
  return (
    <section className={styles.side} aria-label={title}>
      <h3>
        {title}
        {CUT_WORDS[chunk.bytes.length === 0 ? "no" : chunk.cut]}
      </h3>
      {chunk.bytes.length === 0 ? (
        <p className={styles.words}>It lies behind the end of the device: there are no bytes.</p>
      ) : (
        <HexGrid
          label={label}
          chunk={chunk}
          fields={NO_FIELDS}
          marks={marks}
          focus={focus}
          offsetDigits={offsetWidth(deviceBytes)}
          groupOf={(offset) => ({ start: offset, end: offset + 1 })}
        />
      )}
    </section>
  );
}

function differenceWords(
  runs: readonly { start: number; end: number }[],
  cow: ChunkBytes,
  origin: ChunkBytes,
): string {
  const compared = Math.min(cow.bytes.length, origin.bytes.length);
  if (compared === 0) return "There is nothing to compare.";
  const bytes = runs.reduce((sum, { start, end }) => sum + end - start, 0);
  if (bytes === 0) return `All ${counted(compared, "byte")} are the same in both.`;
  return `${counted(bytes, "byte")} of ${counted(compared, "byte")} ${bytes === 1 ? "differs" : "differ"}, in ${counted(runs.length, "run")}: heavy and underlined twice.`;
}
