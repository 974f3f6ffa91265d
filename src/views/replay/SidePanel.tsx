import { type ComponentType, useCallback, useState } from "react";
import { useArrival } from "../../ui/use-arrival.ts";
import { AllocPanel } from "./AllocPanel.tsx";
import { BackwardsPanel } from "./BackwardsPanel.tsx";
import { ExplorationPanel } from "./ExplorationPanel.tsx";
import styles from "./SidePanel.module.css";
import type { SideProps } from "./side-props.ts";
import { TourPanel } from "./TourPanel.tsx";
import { useTabs } from "./use-tabs.ts";
import { stopInAddress } from "./use-tour-stop.ts";

interface Side {
  id: string;
  name: string;
  Component: ComponentType<SideProps>;
}

const SIDES: readonly Side[] = [
  { id: "every", name: "Every interleaving", Component: ExplorationPanel },
  { id: "tour", name: "Tour", Component: TourPanel },
  { id: "backwards", name: "Backwards", Component: BackwardsPanel },
  { id: "alloc", name: "alloc_area", Component: AllocPanel },
];

/** The tour, where the address names one of its stops. */
const sideInAddress = (): number | null =>
  stopInAddress() === null ? null : SIDES.findIndex(({ id }) => id === "tour");

/** What stands beside the replay: one of several, like the tabs of a folder. */
export function SidePanel(props: SideProps) {
  const [current, setCurrent] = useState(() => sideInAddress() ?? 0);
  useArrival(useCallback(() => setCurrent((now) => sideInAddress() ?? now), []));
  const { tab, panel } = useTabs(
    SIDES.map(({ id }) => id),
    current,
    setCurrent,
  );
  const Shown = SIDES[current]?.Component ?? ExplorationPanel;
  return (
    <section className={styles.side} aria-label="Beside the replay">
      <div className={styles.tabs} role="tablist" aria-label="Beside the replay">
        {SIDES.map(({ id, name }, at) => (
          <button key={id} type="button" className={styles.tab} {...tab(at)}>
            {name}
          </button>
        ))}
      </div>
      <div className={styles.body} {...panel}>
        <Shown {...props} />
      </div>
    </section>
  );
}
