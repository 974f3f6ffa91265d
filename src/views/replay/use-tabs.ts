import { type KeyboardEvent, useId } from "react";

/** ARIA's tabs: one tab stop, the arrows go from tab to tab. */
export function useTabs(ids: readonly string[], current: number, onChange: (at: number) => void) {
  const prefix = useId();
  const tabId = (at: number) => `${prefix}tab-${ids[at]}`;
  const panelId = `${prefix}panel`;
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const next = (current + step + ids.length) % ids.length;
    onChange(next);
    document.getElementById(tabId(next))?.focus();
  };
  const tab = (at: number) => ({
    id: tabId(at),
    role: "tab",
    "aria-selected": at === current,
    "aria-controls": panelId,
    tabIndex: at === current ? 0 : -1,
    onClick: () => onChange(at),
    onKeyDown,
  });
  const panel = { id: panelId, role: "tabpanel", "aria-labelledby": tabId(current), tabIndex: 0 };
  return { tab, panel };
}
