import { type ComponentType, useState } from "react";
import { AllocPanel } from "./AllocPanel.tsx";
import { BackwardsPanel } from "./BackwardsPanel.tsx";
import { ExplorationPanel } from "./ExplorationPanel.tsx";
import styles from "./SidePanel.module.css";
import type { SideProps } from "./side-props.ts";
import { TourPanel } from "./TourPanel.tsx";
import { useTabs } from "./use-tabs.ts";

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

/** What stands beside the replay: one of several, like the tabs of a folder. */
export function SidePanel(props: SideProps) {
  const [current, setCurrent] = useState(0);
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
