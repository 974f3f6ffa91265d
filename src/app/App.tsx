import { useEffect, useRef, useSyncExternalStore } from "react";
import type { RaceAsker } from "../client/race-client.ts";
import { useKeys } from "../ui/use-keys.ts";
import { ProblemView } from "../views/problem/ProblemView.tsx";
import { Announcer } from "./Announcer.tsx";
import { AnswerNotice } from "./AnswerNotice.tsx";
import styles from "./App.module.css";
import { BrokenAddress } from "./BrokenAddress.tsx";
import { DropHint } from "./DropHint.tsx";
import type { Intake } from "./intake.ts";
import type { Navigation } from "./navigation.ts";
import { OpenStore } from "./OpenStore.tsx";
import { type Entry, StartScreen } from "./StartScreen.tsx";
import type { Session } from "./session.ts";
import { TopBar } from "./TopBar.tsx";
import { titleOf } from "./title.ts";
import { UpdateNotice } from "./UpdateNotice.tsx";
import type { Updates } from "./updates.ts";
import { useDrop } from "./use-drop.ts";
import { CHECKING, FIND, keyOf, VIEWS, viewOf } from "./views.tsx";

interface AppProps {
  entry: Entry;
  session: Session;
  navigation: Navigation;
  intake: Intake;
  race: RaceAsker;
  updates: Updates;
}

export function App({ entry, session, navigation, intake, race, updates }: AppProps) {
  const state = useSyncExternalStore(session.subscribe, session.state);
  const place = useSyncExternalStore(navigation.subscribe, navigation.place);
  const answer = useSyncExternalStore(intake.subscribe, intake.answer);
  const view = viewOf(place.address.view);
  const picker = useRef<HTMLInputElement>(null);
  const choose = () => picker.current?.click();
  const over = useDrop(intake.take);
  useKeys([
    ["o", choose],
    // Elsewhere the key is for whatever else can be stopped.
    ...(state.at === "checking" ? [["Escape", () => session.cancel()] as const] : []),
    // What lies in a disk has no views: they are those of a store.
    ...(state.at === "machine" ? [] : VIEWS).map(
      (one) => [keyOf(one), () => navigation.showView(one.id)] as const,
    ),
  ]);

  // Wherever the last screen was scrolled to: of a new image the verdict comes first.
  useEffect(() => {
    if (state.at === "checking") window.scrollTo(0, 0);
  }, [state.at]);

  const title = titleOf(state, view);
  useEffect(() => {
    document.title = title;
  }, [title]);

  return (
    <div className={styles.page}>
      <TopBar
        state={state}
        view={view}
        navigation={navigation}
        onChoose={choose}
        onCancel={() => session.cancel()}
      />
      <UpdateNotice updates={updates} />
      <BrokenAddress parts={place.broken} />
      <AnswerNotice
        answer={answer?.at === place.subject ? answer : null}
        onChoose={intake.choose}
        onDismiss={intake.dismiss}
      />
      <div className={styles.view}>
        {state.at === "start" && (
          <StartScreen
            entry={entry}
            place={place}
            view={view}
            race={race}
            onChoose={choose}
            onOpenSample={(sample) => navigation.openSample(sample)}
            onOpenRemote={(file) => navigation.openFiles([file])}
          />
        )}
        {state.at === "checking" && (
          <CHECKING.Component soFar={state.soFar} progress={state.progress} />
        )}
        {state.at === "machine" && (
          <FIND.Component
            key={state.subject.id}
            machine={state.machine}
            name={place.file?.name ?? state.subject.name}
            onOpen={({ name }) => navigation.openStore(name)}
            onChoose={choose}
            onLook={state.machine.held.files.length === 1 ? () => session.openAsItIs() : null}
          />
        )}
        {state.at === "open" && (
          <OpenStore
            key={state.subject.id}
            state={state}
            view={view}
            race={race}
            onChoose={choose}
            onView={(id) => navigation.showView(id)}
          />
        )}
        {state.at === "problem" && (
          <ProblemView
            problem={state.problem}
            onRetry={state.canRetry ? () => session.recheck(state.subject.options) : null}
            onChoose={choose}
            onLeave={() => navigation.leave()}
          />
        )}
      </div>
      <input
        ref={picker}
        hidden
        type="file"
        multiple
        aria-label="COW image"
        onChange={(event) => {
          const files = [...(event.target.files ?? [])];
          if (files.length > 0) void intake.take({ files, folders: [], isText: false }, "store");
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
