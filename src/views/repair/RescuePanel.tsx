import type { StoreReader } from "../../client/held-store.ts";
import { rescueMapfile } from "../../explain/rescue/rescue-mapfile.ts";
import { summaryWords } from "../../explain/rescue/rescue-text.ts";
import type { RescueReport } from "../../protocol/rescue.ts";
import { Button } from "../../ui/Button.tsx";
import { Panel } from "../../ui/Panel.tsx";
import { saveBlob, saveText } from "../../ui/save-file.ts";
import levels from "./LevelPanel.module.css";
import styles from "./RescuePanel.module.css";
import { RescueRanges } from "./RescueRanges.tsx";
import { useRescue } from "./use-rescue.ts";

/** What an invalidated store still holds of its origin, at the reader's risk. */
export function RescuePanel({ reader }: { reader: StoreReader }) {
  const answer = useRescue(reader);
  return (
    <Panel
      title="Rescue"
      about="what the exceptions still hold of the origin"
      className={styles.panel}
    >
      <div className={levels.body} aria-busy={answer === null}>
        {answer === null && (
          <p className={levels.quiet} role="status">
            Reading the exceptions …
          </p>
        )}
        {answer?.ok === false && (
          <p className={levels.quiet}>
            {answer.problem.message}: {answer.problem.found}.
          </p>
        )}
        {answer?.ok && <Rescued report={answer.value} reader={reader} />}
      </div>
    </Panel>
  );
}

function Rescued({ report, reader }: { report: RescueReport; reader: StoreReader }) {
  const { image, risk, ranges } = report;
  const known = ranges.some(({ is }) => is === "known");
  const copy = known ? reader.rescued(report) : null;
  const save = (ending: string, type: string, parts: Iterable<string>) =>
    saveText(`${image.name}.${ending}`, type, [...parts].join(""));
  return (
    <>
      <p className={styles.risk}>{risk}</p>
      <p>{summaryWords(report)}</p>
      {ranges.length > 0 && <RescueRanges report={report} />}
      <div className={levels.actions}>
        {copy && (
          <Button onClick={() => saveBlob(`${image.name}.rescued.img`, copy)}>
            Save what is known as an image
          </Button>
        )}
        <Button
          onClick={() => save("rescue.json", "application/json", [`${JSON.stringify(report)}\n`])}
        >
          Save the ranges as JSON
        </Button>
        {known && (
          <Button onClick={() => save("rescued.map", "text/plain", rescueMapfile(report))}>
            Save the mapfile of the image
          </Button>
        )}
      </div>
      {copy && (
        <p className={levels.quiet}>
          The image holds zeros wherever nothing is known: keep the ranges or the mapfile beside it.
        </p>
      )}
      {known && !copy && (
        <p className={levels.quiet}>
          The image cannot be saved from here: it is too long, or the store lies packed inside a
          disk or on a server. The command line writes it, with holes.
        </p>
      )}
    </>
  );
}
