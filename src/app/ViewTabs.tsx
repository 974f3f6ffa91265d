import type { Navigation } from "./navigation.ts";
import styles from "./ViewTabs.module.css";
import { keyOf, VIEWS, type View } from "./views.tsx";

/** The views of the open store, as links: each has an address of its own. */
export function ViewTabs({ current, navigation }: { current: View; navigation: Navigation }) {
  return (
    <nav className={styles.tabs} aria-label="Views">
      {VIEWS.map((view) => (
        <a
          key={view.id}
          className={styles.tab}
          href={navigation.hrefOf(view.id)}
          aria-current={view === current ? "page" : undefined}
        >
          {view.name} <kbd>{keyOf(view)}</kbd>
        </a>
      ))}
    </nav>
  );
}
