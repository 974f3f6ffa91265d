import { useState } from "react";
import type { RaceParams } from "../../protocol/race.ts";
import { parseRaceParams, writtenPairs } from "../../protocol/race-params.ts";
import styles from "./Parameters.module.css";

interface ExceptionsFieldProps {
  params: RaceParams;
  onChange: (change: Partial<RaceParams>) => void;
}

/** The exceptions of the copies, "7-2 8-3": taken as soon as there is one for each copy. */
export function ExceptionsField({ params, onChange }: ExceptionsFieldProps) {
  const written = params.exceptions.map(([oldChunk, newChunk]) => `${oldChunk}-${newChunk}`);
  const [typed, setTyped] = useState<string | null>(null);
  return (
    <label className={styles.field}>
      old-new chunk of each copy
      <input
        type="text"
        value={typed ?? written.join(" ")}
        title={`${params.copies} pairs like 7-2, with spaces between`}
        onBlur={(event) => {
          event.target.setCustomValidity("");
          setTyped(null);
        }}
        onChange={(event) => {
          setTyped(event.target.value);
          const exceptions = writtenPairs(event.target.value.trim(), /\s+/);
          const parsed = parseRaceParams({ ...params, exceptions });
          event.target.setCustomValidity(parsed.ok ? "" : parsed.problem.message);
          if (parsed.ok) onChange({ exceptions: parsed.value.exceptions });
        }}
      />
    </label>
  );
}
