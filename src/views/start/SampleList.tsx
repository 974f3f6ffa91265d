import { useEffect, useState } from "react";
import { byteSize } from "../../ui/format.ts";
import styles from "./SampleList.module.css";
import { listSamples, type Sample } from "./samples.ts";

type Listing = { at: "loading" } | { at: "missing" } | { at: "ready"; samples: Sample[] };

export function SampleList({ onOpen }: { onOpen: (sample: Sample) => void }) {
  const [listing, setListing] = useState<Listing>({ at: "loading" });
  useEffect(() => {
    listSamples().then(
      (samples) => setListing({ at: "ready", samples }),
      () => setListing({ at: "missing" }),
    );
  }, []);

  if (listing.at === "loading") return <p className={styles.quiet}>Fetching the list …</p>;
  if (listing.at === "missing") {
    return <p className={styles.quiet}>This copy of the page is served without its samples.</p>;
  }
  return (
    <ul className={styles.list}>
      {listing.samples.map((sample) => (
        <li key={sample.file}>
          <button type="button" className={styles.sample} onClick={() => onOpen(sample)}>
            <span className={styles.title}>{sample.title}</span>
            <span className={styles.size}>{byteSize(sample.bytes)}</span>
            <span className={styles.note}>{sample.note}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}
