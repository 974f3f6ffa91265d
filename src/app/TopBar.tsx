import { Button } from "../ui/Button.tsx";
import { Logo } from "../ui/icons.tsx";
import { FileFacts } from "./FileFacts.tsx";
import { HelpButton } from "./HelpDialog.tsx";
import type { Navigation } from "./navigation.ts";
import type { SessionState } from "./session.ts";
import styles from "./TopBar.module.css";
import { ViewTabs } from "./ViewTabs.tsx";
import { STORE_ACTIONS, type View } from "./views.tsx";

interface TopBarProps {
  state: SessionState;
  view: View;
  navigation: Navigation;
  onChoose: () => void;
  onCancel: () => void;
}

export function TopBar({ state, view, navigation, onChoose, onCancel }: TopBarProps) {
  return (
    <header className={styles.bar}>
      <button
        type="button"
        className={styles.home}
        onClick={() => navigation.leave()}
        aria-label="cowscope, start"
      >
        <Logo />
        cowscope
      </button>
      <FileFacts state={state} onMachine={() => navigation.showMachine()} />
      {(state.at === "open" || (state.at === "start" && view.WithoutStore)) && (
        <ViewTabs current={view} navigation={navigation} />
      )}
      <div className={styles.actions}>
        {state.at === "checking" && <Button onClick={onCancel}>Cancel</Button>}
        {state.at !== "start" && <Button onClick={onChoose}>Open …</Button>}
        {state.at === "open" && (
          <STORE_ACTIONS.Component
            key={state.subject.id}
            store={state.store}
            options={state.subject.options}
            reader={state.reader}
            onRecheck={(options) => navigation.recheck(options)}
          />
        )}
        <HelpButton />
      </div>
      {state.at === "checking" && <div className={styles.progress} aria-hidden="true" />}
    </header>
  );
}
