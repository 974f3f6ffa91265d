import { START, TOUR_STOPS, writeAddress } from "../../address/address.ts";
import { Button } from "../../ui/Button.tsx";
import { byteSize } from "../../ui/format.ts";
import { Panel } from "../../ui/Panel.tsx";
import { AddressLink } from "./AddressLink.tsx";
import { SampleList } from "./SampleList.tsx";
import styles from "./StartView.module.css";
import type { Sample } from "./samples.ts";
import { TourLinks } from "./TourLinks.tsx";

interface StartViewProps {
  /** The image that was open here, and that the page does not hold any more. */
  lost: { name: string; bytes: number } | null;
  /** Whether this is the page that may ask no server. */
  sendsNothing: boolean;
  onChoose: () => void;
  onOpenSample: (sample: Sample) => void;
}

export function StartView({ lost, sendsNothing, onChoose, onOpenSample }: StartViewProps) {
  return (
    <main className={styles.start}>
      <div className={styles.drop}>
        <BuffersPicture />
        <h1 className={styles.title}>
          {lost === null
            ? "Drop a dm-snapshot COW image, or a disk that has one inside, anywhere on this page"
            : `Drop ${lost.name} here again`}
        </h1>
        {lost !== null && (
          <p className={styles.lost}>
            It was open here ({byteSize(lost.bytes)}), but the page does not hold it any more, and
            may not read a file of this machine without being handed it.
          </p>
        )}
        {lost === null && <WhatIsThis />}
        <Button kind="primary" onClick={onChoose}>
          Choose an image …
        </Button>
        {sendsNothing && <AddressLink />}
        <p className={styles.what}>
          A disk may be raw, qcow2, VMDK, VHD, VDI or compressed; drop all disks of a volume group,
          or a folder, together.
        </p>
        <p className={styles.what}>
          No image at hand?{" "}
          <a href={writeAddress({ ...START, view: "replay", tour: 1 })}>Take the tour</a> of a bug
          in {TOUR_STOPS} stops, or <a href="#replay">replay the race that corrupts headers</a> by
          yourself, step by step, before the fix and after it.
        </p>
        <p className={styles.private}>
          The image stays on this machine. It is read here, in this tab, and only read: nothing is
          sent anywhere and nothing is written to it.
        </p>
      </div>
      <Panel title="Or open a sample" about="Stores that a real kernel made, some damaged since">
        <SampleList onOpen={onOpenSample} />
      </Panel>
      <Panel
        title="Or take the tour"
        about="Bug 461506, from what a snapshot is to the two commits that mended it"
      >
        <TourLinks />
      </Panel>
    </main>
  );
}

/** For who came by a link and has never heard of a COW store. */
function WhatIsThis() {
  return (
    <p className={styles.about}>
      A snapshot of a Linux volume keeps what is overwritten on the disk in a second device, its COW
      store. When that store is damaged, the kernel refuses the snapshot, loses it without a word
      or, if it is an old one, stops while the machine boots. cowscope reads the store, says what is
      wrong and why, what each kernel does with it, and what to type next.
    </p>
  );
}

/** The two buffers that the page is about: the header's and the area's. */
function BuffersPicture() {
  return (
    <svg className={styles.picture} viewBox="0 0 132 44" width="132" height="44" aria-hidden="true">
      {[0, 1, 2, 3].map((field) => (
        <rect
          key={field}
          x={1 + field * 15}
          y="9"
          width="14"
          height="26"
          rx="3"
          fill={`var(--tint-${field})`}
        />
      ))}
      {[0, 1, 2, 3].map((entry) => (
        <rect
          key={entry}
          x={72 + entry * 15}
          y="9"
          width="14"
          height="26"
          rx="3"
          fill={`var(--tint-${entry % 2})`}
        />
      ))}
    </svg>
  );
}
