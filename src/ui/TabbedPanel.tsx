import { type KeyboardEvent, type ReactNode, useId, useRef } from "react";
import { moveTab } from "./cursor.ts";
import styles from "./TabbedPanel.module.css";

export interface Tab {
  id: string;
  title: string;
  /** A `TabBody`. */
  content: ReactNode;
}

interface TabbedPanelProps {
  label: string;
  tabs: readonly Tab[];
  /** The `id` of one of them. */
  selected: string;
  onSelect: (id: string) => void;
}

/** Panels that share one place; the box is named by the tab that is open. */
export function TabbedPanel({ label, tabs, selected, onSelect }: TabbedPanelProps) {
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const at = tabs.findIndex((tab) => tab.id === selected);
  const onKeyDown = (event: KeyboardEvent) => {
    const next = tabs[moveTab(event.key, at, tabs.length) ?? -1];
    if (next === undefined) return;
    event.preventDefault();
    onSelect(next.id);
    list.current?.querySelector<HTMLElement>(`[data-tab="${next.id}"]`)?.focus();
  };
  return (
    <section className={styles.panel} aria-labelledby={`${id}${selected}`}>
      <div
        ref={list}
        role="tablist"
        aria-label={label}
        className={styles.tabs}
        onKeyDown={onKeyDown}
      >
        {tabs.map((tab) => (
          <button
            key={tab.id}
            id={`${id}${tab.id}`}
            type="button"
            role="tab"
            data-tab={tab.id}
            className={styles.tab}
            aria-selected={tab.id === selected}
            aria-controls={`${id}${tab.id}-body`}
            tabIndex={tab.id === selected ? 0 : -1}
            onClick={() => onSelect(tab.id)}
          >
            {tab.title}
          </button>
        ))}
      </div>
      {tabs.map((tab) => (
        // What is closed stays in the document: what was typed or is running there goes on.
        <div
          key={tab.id}
          id={`${id}${tab.id}-body`}
          role="tabpanel"
          aria-labelledby={`${id}${tab.id}`}
          className={styles.body}
          hidden={tab.id !== selected}
        >
          {tab.content}
        </div>
      ))}
    </section>
  );
}

interface TabBodyProps {
  /** A quiet line beside the tabs. */
  about?: ReactNode;
  /** Controls at the far end of the tabs' line. */
  aside?: ReactNode;
  children: ReactNode;
}

/** What a tab shows: its words and controls stand on the line of the tabs. */
export function TabBody({ about, aside, children }: TabBodyProps) {
  return (
    <>
      <p className={styles.about}>{about}</p>
      <div className={styles.aside}>{aside}</div>
      <div className={styles.content}>{children}</div>
    </>
  );
}
