import type { Report } from "../../protocol/report.ts";
import { byteSize } from "../../ui/format.ts";
import { ScrollBox } from "../../ui/ScrollBox.tsx";
import { TabBody } from "../../ui/TabbedPanel.tsx";
import styles from "./ChunkSizePanel.module.css";

const SECTOR_BYTES = 512;

/** How well each chunk size fits the bytes, best first; the one that is used here stands out. */
export function ChunkSizePanel({ report }: { report: Report }) {
  const { sectors: used, ranking } = report.chunkSize;
  return (
    <TabBody about={aboutOf(report)}>
      <ScrollBox className={styles.box} aria-label="Chunk sizes by how well they fit">
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">Sectors</th>
              <th scope="col">Score</th>
              <th scope="col">Why</th>
            </tr>
          </thead>
          <tbody>
            {ranking.map(({ sectors, score, why }) => (
              <tr key={sectors} className={sectors === used ? styles.used : ""}>
                <th scope="row" title={byteSize(sectors * SECTOR_BYTES)}>
                  {sectors}
                  {sectors === used && <span className="sr-only">, used here</span>}
                </th>
                <td className={styles.score}>
                  <span className={styles.bar} aria-hidden="true">
                    <span style={{ width: `${score * 100}%` }} />
                  </span>
                  {score.toFixed(2)}
                </td>
                <td className={styles.why}>{why}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollBox>
    </TabBody>
  );
}

/** Whose the chunk size is by which the store is read here. */
function aboutOf({ chunkSize: { from, sectors }, options }: Report): string {
  switch (from) {
    case "header":
      return `the header says ${sectors}`;
    case "table":
      return options.tableChunkFrom === "lvm"
        ? `the header gives none, LVM’s metadata say ${sectors}`
        : `the header gives none, ${sectors} was given`;
    case "default":
      return options.tableChunkFrom === "default"
        ? `the header gives none, nor do the areas; ${sectors} is LVM’s default`
        : `the header gives none, nor do the areas; ${sectors} is the kernel’s default`;
    case "inferred":
      return `the header gives none, ${sectors} fits best`;
  }
}
