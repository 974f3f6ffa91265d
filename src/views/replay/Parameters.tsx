import type { RaceParams, RaceStart } from "../../protocol/race.ts";
import { varyRace } from "../../protocol/race-defaults.ts";
import { ChoiceField } from "./ChoiceField.tsx";
import { ChunkSizeField } from "./ChunkSizeField.tsx";
import { ExceptionsField } from "./ExceptionsField.tsx";
import styles from "./Parameters.module.css";
import { SliderField } from "./SliderField.tsx";

interface ParametersProps {
  params: RaceParams;
  /** Where the race starts on the open store. */
  start: RaceStart | null;
  onChange: (params: RaceParams) => void;
}

const ENTRIES_PER_SECTOR = 32;
const MOST_COPIES = 12;

/** Everything that the model lets one vary; all counts follow. */
export function Parameters({ params, start, onChange }: ParametersProps) {
  const vary = (change: Partial<RaceParams>) => onChange(varyRace(params, change));
  return (
    <section className={styles.parameters} aria-label="Parameters">
      <SliderField
        name="index of the next entry"
        value={params.index}
        min={0}
        max={params.entriesPerArea - 1}
        onChange={(index) => vary({ index })}
      />
      <SliderField
        name="copies that finish"
        value={params.copies}
        min={0}
        max={Math.max(MOST_COPIES, params.copies)}
        onChange={(copies) => vary({ copies })}
      />
      <SliderField
        name="copies still pending after them"
        value={params.pendingAfter}
        min={0}
        max={Math.max(8, params.pendingAfter)}
        onChange={(pendingAfter) => vary({ pendingAfter })}
      />
      <SliderField
        name="entries per area"
        value={params.entriesPerArea}
        min={1}
        max={Math.max(512, params.entriesPerArea)}
        onChange={(entriesPerArea) => vary({ entriesPerArea })}
      />
      <ChoiceField
        name="one CPU store writes"
        value={params.storeBytes}
        choices={[4, 8] as const}
        words={(bytes) => `${bytes} bytes`}
        onChange={(storeBytes) => vary({ storeBytes })}
      />
      <ChoiceField
        name="the device copies"
        value={params.ioCopy}
        choices={["words", "atomic"] as const}
        words={(copy) => (copy === "words" ? "word by word" : "at once")}
        onChange={(ioCopy) => vary({ ioCopy })}
      />
      <ChunkSizeField
        value={params.chunkSize}
        onChange={(chunkSize) =>
          vary({ chunkSize, entriesPerArea: chunkSize * ENTRIES_PER_SECTOR })
        }
      />
      <ExceptionsField params={params} onChange={vary} />
      <p className={styles.note}>
        {start
          ? `The open store has ${start.entries.length} of ${start.entriesPerArea} entries in its last area, ${start.area}. It is only read.`
          : "No store is open: these are a new store’s. Open one, and its own take their place."}
      </p>
    </section>
  );
}
