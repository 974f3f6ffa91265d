import type { RaceReplay } from "../../protocol/race.ts";
import styles from "./MachinePanel.module.css";
import { PlaceBoxes } from "./PlaceBoxes.tsx";
import { areaChunks, isWritten, type ShownEntry, shownEntries } from "./places.ts";

interface DiskBoxesProps {
  replay: RaceReplay;
  step: number;
  /** The open store's area that the race starts in. */
  firstArea: number;
  onTell: (history: string | null) => void;
  onGo: (step: number) => void;
}

/** The chunks of the COW device that the two threads write. */
export function DiskBoxes({ replay, step, firstArea, onTell, onGo }: DiskBoxesProps) {
  const header = shownEntries(replay, step, "header");
  return (
    <div className={styles.pair}>
      <PlaceBoxes
        title={`chunk 0 · header · ${state(header)}`}
        entries={header.filter(hasNews)}
        exceptions={false}
        header={false}
        stranger="C"
        onTell={onTell}
        onGo={onGo}
      />
      {areaChunks(replay, firstArea).map(({ name, area, chunk }) => {
        const entries = shownEntries(replay, step, name);
        return (
          <PlaceBoxes
            key={name}
            title={`chunk ${chunk} · area ${area} · ${state(entries)}`}
            entries={entries}
            exceptions={false}
            header={false}
            stranger="I"
            onTell={onTell}
            onGo={onGo}
          />
        );
      })}
    </div>
  );
}

const state = (entries: readonly ShownEntry[]) =>
  isWritten(entries) ? "written" : "not written yet";

/** Behind its first 16 bytes the header's chunk holds zeros, unless the race puts something there. */
const hasNews = ({ entry, words }: ShownEntry) =>
  entry === 0 || words.some(({ isZero }) => !isZero);
