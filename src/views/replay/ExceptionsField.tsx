import { useState } from "react";
import type { ChunkPair, RaceParams } from "../../protocol/race.ts";
import styles from "./Parameters.module.css";

interface ExceptionsFieldProps {
  params: RaceParams;
  onChange: (change: Partial<RaceParams>) => void;
}

const PAIR = String.raw`\d{1,19}-\d{1,19}`;

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
        pattern={`\\s*(${PAIR}\\s*){${params.copies}}`}
        title={`${params.copies} pairs like 7-2, with spaces between`}
        onBlur={() => setTyped(null)}
        onChange={(event) => {
          setTyped(event.target.value);
          const exceptions = pairsIn(event.target.value);
          if (event.target.validity.valid && exceptions.length === params.copies) {
            onChange({ exceptions });
          }
        }}
      />
    </label>
  );
}

const pairsIn = (text: string): ChunkPair[] =>
  [...text.matchAll(/(\d+)-(\d+)/g)].map(([, oldChunk = "0", newChunk = "0"]) => [
    BigInt.asUintN(64, BigInt(oldChunk)),
    BigInt.asUintN(64, BigInt(newChunk)),
  ]);
