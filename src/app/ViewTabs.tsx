import styles from "./ViewTabs.module.css";
import { VIEWS, type View } from "./views.tsx";

/** The views of the open store, as links: each has an address of its own. */
export function ViewTabs({ current }: { current: View }) {
  return (
    <nav className={styles.tabs} aria-label="Views">
      {VIEWS.map((view) => (
        <a
          key={view.id}
          className={styles.tab}
          href={`#${view.id}`}
          aria-current={view === current ? "page" : undefined}
        >
          {view.name} <kbd>{view.key}</kbd>
        </a>
      ))}
    </nav>
  );
}
