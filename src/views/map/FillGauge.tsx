import type { StoreMap } from "../../protocol/map.ts";
import { byteSize, counted, grouped } from "../../ui/format.ts";
import { offTheMap } from "./cell-words.ts";
import { dataPercent } from "./data-percent.ts";
import styles from "./FillGauge.module.css";

interface FillGaugeProps {
  map: StoreMap;
  /** What the kernel's status says instead of numbers; null: it does not activate. */
  status: string | null;
}

/** How full the store is, as the kernel counts it and `lvs` shows it. */
export function FillGauge({ map, status }: FillGaugeProps) {
  const { fill } = map;
  const aside = offTheMap(map);
  if (fill === null) {
    return (
      <section className={styles.gauge} aria-label="How full it is">
        <p>
          <b>{status === null ? "Not activated" : status}</b>:{" "}
          {status === null
            ? "a kernel that does not activate the store counts nothing."
            : "the kernel gives no numbers for it, so there is no fill level."}{" "}
          {aside}
        </p>
      </section>
    );
  }
  // Older kernels leave the metadata sectors out of their status.
  const percent = dataPercent(fill, status?.includes(" ") ?? false);
  return (
    <section className={styles.gauge} aria-label="How full it is">
      <meter
        className={styles.meter}
        aria-label="Sectors in use"
        min={0}
        max={100}
        value={percent === null ? 100 : Number(percent)}
      />
      <p>
        <b>{percent === null ? "More in use than there is" : `Data% ${percent}`}</b> ·{" "}
        {grouped(fill.allocated)} of {grouped(fill.total)} sectors, {grouped(fill.metadata)} of them
        metadata ·{" "}
        {fill.room === 0 ? (
          <b>no room: the next chunk to be copied overflows it</b>
        ) : (
          <>
            {counted(fill.room, "more chunk")} ({byteSize(fill.room * map.chunkBytes)}) until it
            overflows
          </>
        )}
        {aside && ` · ${aside}`}
      </p>
    </section>
  );
}
