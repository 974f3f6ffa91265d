import { CHUNK_KINDS, type StoreMap } from "../../protocol/map.ts";
import { grouped } from "../../ui/format.ts";
import { FOUND, KIND_WORDS } from "./kind-words.ts";
import styles from "./MapLegend.module.css";

/** What each colour and letter of the map stands for, and how many chunks are of it. */
export function MapLegend({ map }: { map: StoreMap }) {
  return (
    <ul className={styles.legend} aria-label="Kinds of chunks">
      {CHUNK_KINDS.map((kind) => {
        const { name, letter, means } = KIND_WORDS[kind];
        return (
          <li key={kind} title={means}>
            <span className={`${styles.swatch} ${styles[kind]}`} aria-hidden="true">
              {letter}
            </span>
            {name} <b>{grouped(map.counts[kind])}</b>
          </li>
        );
      })}
      <li title={FOUND.means}>
        <span className={`${styles.swatch} ${styles.found}`} aria-hidden="true">
          {FOUND.letter}
        </span>
        {FOUND.name} <b>{grouped(map.found.length)}</b>
      </li>
    </ul>
  );
}
