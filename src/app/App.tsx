import { useCallback, useEffect, useRef, useSyncExternalStore } from "react";
import type { RaceAsker } from "../client/race-client.ts";
import { useKeys } from "../ui/use-keys.ts";
import { CheckingView } from "../views/inspect/CheckingView.tsx";
import { ProblemView } from "../views/problem/ProblemView.tsx";
import { StartView } from "../views/start/StartView.tsx";
import { Announcer } from "./Announcer.tsx";
import styles from "./App.module.css";
import { DropHint, type FileUse } from "./DropHint.tsx";
import { OpenStore } from "./OpenStore.tsx";
import { openSample } from "./open-sample.ts";
import type { Session } from "./session.ts";
import { TopBar } from "./TopBar.tsx";
import { useDrop } from "./use-drop.ts";
import { useFragment } from "./use-fragment.ts";
import { goToView, VIEWS, viewOf } from "./views.tsx";

interface AppProps {
  session: Session;
  race: RaceAsker;
}

export function App({ session, race }: AppProps) {
  const state = useSyncExternalStore(session.subscribe, session.state);
  const view = viewOf(useFragment());
  const picker = useRef<HTMLInputElement>(null);
  const choose = () => picker.current?.click();
  const openFile = useCallback(
    (file: File) => {
      // Whatever is on the screen: of a new image the verdict comes first.
      if (location.hash !== "") location.hash = "";
      void session.open({ blob: file, name: file.name });
    },
    [session],
  );
  const takeFile = useCallback(
    (file: File, use: FileUse) =>
      use === "origin" ? session.readSnapshot({ blob: file, name: file.name }) : openFile(file),
    [session, openFile],
  );
  const leave = () => {
    location.hash = "";
    session.leave();
  };
  const over = useDrop(takeFile);
  useKeys([
    ["o", choose],
    // Elsewhere the key is for whatever else can be stopped.
    ...(state.at === "checking" ? [["Escape", () => session.cancel()] as const] : []),
    ...VIEWS.map(({ id, key }) => [key, () => goToView(id)] as const),
  ]);

  // Wherever the last screen was scrolled to: of a new image the verdict comes first.
  useEffect(() => {
    if (state.at === "checking") window.scrollTo(0, 0);
  }, [state.at]);

  return (
    <div className={styles.page}>
      <TopBar
        state={state}
        view={view}
        onChoose={choose}
        onCancel={() => session.cancel()}
        onRecheck={(options) => session.recheck(options)}
        onLeave={leave}
      />
      <div className={styles.view}>
        {state.at === "start" && view.WithoutStore && <view.WithoutStore race={race} />}
        {state.at === "start" && !view.WithoutStore && (
          <StartView onChoose={choose} onOpenSample={(sample) => openSample(session, sample)} />
        )}
        {state.at === "checking" && <CheckingView soFar={state.soFar} />}
        {state.at === "open" && (
          <OpenStore
            key={state.subject.id}
            session={session}
            state={state}
            view={view}
            race={race}
            onChoose={choose}
          />
        )}
        {state.at === "problem" && (
          <ProblemView
            problem={state.problem}
            onRetry={state.canRetry ? () => session.recheck(state.subject.options) : null}
            onChoose={choose}
            onLeave={() => session.leave()}
          />
        )}
      </div>
      <input
        ref={picker}
        hidden
        type="file"
        aria-label="COW image"
        onChange={(event) => {
          const file = event.target.files?.[0];
          if (file !== undefined) openFile(file);
          // The same file chosen again is a new check.
          event.target.value = "";
        }}
      />
      <Announcer state={state} />
      {over !== null && (
        <DropHint
          over={over}
          replaces={state.at !== "start"}
          takesOrigin={state.at === "open" && state.store.report.kernel.activates}
        />
      )}
    </div>
  );
}
