import { START, writeAddress } from "../../address/address.ts";
import { TOUR } from "../replay/tour.ts";
import styles from "./TourLinks.module.css";

/** The stops of the guided tour, each a link of its own. */
export function TourLinks() {
  return (
    <ol className={styles.stops}>
      {TOUR.map(({ title }, at) => (
        <li key={title}>
          <a
            className={styles.stop}
            href={writeAddress({ ...START, view: "replay", tour: at + 1 })}
          >
            <span className={styles.number}>{at + 1}</span>
            {title}
          </a>
        </li>
      ))}
    </ol>
  );
}
