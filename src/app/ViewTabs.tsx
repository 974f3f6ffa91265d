import { useKeys } from "../ui/use-keys.ts";
import styles from "./ViewTabs.module.css";
import { VIEWS, type View } from "./views.tsx";

/** The views of the open store, as links: each has an address of its own. */
export function ViewTabs({ current }: { current: View }) {
  useKeys(VIEWS.map(({ id, key }) => [key, () => goTo(id)]));
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

/** To the view as it was left, unless it is on the screen already. */
function goTo(id: string): void {
  if (location.hash.split("?")[0] !== `#${id}`) location.hash = id;
}
