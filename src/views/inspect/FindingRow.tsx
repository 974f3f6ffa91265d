import { findingInFull } from "../../explain/findings/in-full.ts";
import { placeInWords } from "../../explain/findings/place-words.ts";
import type { Finding } from "../../protocol/finding.ts";
import { isFingerprint } from "../../protocol/fingerprint.ts";
import type { OpenedStore } from "../../protocol/store-service.ts";
import { Fingerprint } from "../../ui/icons.tsx";
import { RichText } from "../../ui/RichText.tsx";
import { SeverityChip } from "../../ui/SeverityChip.tsx";
import type { RowProps } from "../../ui/VirtualTable.tsx";
import styles from "./FindingsPanel.module.css";
import { placeOf } from "./finding-place.ts";

interface FindingRowProps {
  finding: Finding;
  store: OpenedStore;
  rowProps: RowProps;
  /** Whether it was gone to last. */
  isCurrent: boolean;
}

export function FindingRow({ finding, store, rowProps, isCurrent }: FindingRowProps) {
  const place = placeInWords(finding, store.layout.chunkBytes);
  const hidden = finding.where.chunk !== null && placeOf(finding, store) === null;
  return (
    <tr {...rowProps} className={`${rowProps.className ?? ""} ${isCurrent ? styles.current : ""}`}>
      <td>
        <span className={styles.kind}>
          <SeverityChip severity={finding.severity}>{finding.severity}</SeverityChip>
          {isFingerprint(finding) && (
            <span className={styles.fingerprint} title="A fingerprint: evidence of a cause">
              <Fingerprint />
              <span className="sr-only">, fingerprint</span>
            </span>
          )}
        </span>
      </td>
      <td className={styles.code}>{finding.code}</td>
      <td className={styles.message}>
        <span className={styles.place}>{hidden ? `${place} (not shown)` : place}</span>{" "}
        {finding.message}
      </td>
    </tr>
  );
}

/** All of the finding that was gone to last, with what was expected of its bytes. */
export function FindingDetail({ finding }: { finding: Finding | undefined }) {
  if (finding === undefined) return null;
  return (
    <p className={styles.detail} aria-live="polite">
      <span className={styles.detailCode}>{finding.code} </span>
      <RichText text={findingInFull(finding)} />
    </p>
  );
}
