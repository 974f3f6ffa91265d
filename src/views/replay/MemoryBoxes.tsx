import type { RaceReplay } from "../../protocol/race.ts";
import styles from "./MachinePanel.module.css";
import { PlaceBoxes } from "./PlaceBoxes.tsx";
import { shownEntries } from "./places.ts";

interface BoxesProps {
  replay: RaceReplay;
  step: number;
  onTell: (history: string | null) => void;
  onGo: (step: number) => void;
}

/** Before the fix one buffer under two rulers; after it one for each thread. */
export function MemoryBoxes({ replay, step, onTell, onGo }: BoxesProps) {
  const tell = { onTell, onGo };
  const area = shownEntries(replay, step, "area");
  if (replay.params.fix === "before") {
    return (
      <PlaceBoxes
        title={
          <>
            <b>ps→area, used by both</b> · each word: who wrote it last
          </>
        }
        entries={area}
        exceptions
        header
        big
        stranger={null}
        {...tell}
      />
    );
  }
  return (
    <div className={styles.pair}>
      <PlaceBoxes
        title={
          <>
            <b>ps→header_area</b> · I’s alone
          </>
        }
        entries={shownEntries(replay, step, "header_area").slice(0, 1)}
        exceptions={false}
        header
        stranger="C"
        {...tell}
      />
      <PlaceBoxes
        title={
          <>
            <b>ps→area</b> · C’s alone
          </>
        }
        entries={area}
        exceptions
        header={false}
        stranger="I"
        {...tell}
      />
    </div>
  );
}
