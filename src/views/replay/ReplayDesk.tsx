import { useState } from "react";
import type { RaceParams } from "../../protocol/race.ts";
import type { DeskProps } from "./desk-props.ts";
import { Lanes } from "./Lanes.tsx";
import { MachinePanel } from "./MachinePanel.tsx";
import { Parameters } from "./Parameters.tsx";
import { ReplayBar } from "./ReplayBar.tsx";
import styles from "./ReplayDesk.module.css";
import { SidePanel } from "./SidePanel.tsx";
import { Transport } from "./Transport.tsx";
import { useExploration } from "./use-exploration.ts";
import { useFate } from "./use-fate.ts";
import { useReplayer } from "./use-replayer.ts";

/** The replay, what surrounds it, and every interleaving beside it. */
export function ReplayDesk(desk: DeskProps) {
  const { reader, race, start, retraced } = desk;
  const { replayer, state } = useReplayer(race, start, retraced, reader ?? race);
  const { wanted, replay, step, problem } = state;
  const [showsParameters, setShowsParameters] = useState(false);
  const exploration = useExploration(race, wanted?.params ?? null);
  const fate = useFate(race, replay);
  if (wanted === null) return <main className={styles.desk} aria-busy="true" />;
  const setParams = (params: RaceParams) => replayer.setParams(params);
  return (
    <main className={styles.desk}>
      <h1 className="sr-only">Replay of the invalidation race</h1>
      <ReplayBar
        desk={desk}
        replayer={replayer}
        wanted={wanted}
        exploration={exploration}
        showsParameters={showsParameters}
        onShowParameters={setShowsParameters}
      />
      {showsParameters && <Parameters params={wanted.params} start={start} onChange={setParams} />}
      {problem && (
        <p className={styles.note} role="alert">
          {problem.message}. Expected {problem.expected}, found {problem.found}. {problem.todo}.
        </p>
      )}
      {replay && (
        <section className={styles.time} aria-label="Schedule">
          <Lanes
            replay={replay}
            step={step}
            sealedBy={fate?.decidedBy ?? null}
            onGo={(to) => replayer.go(to)}
            onMove={(from, to) => replayer.move(from, to)}
          />
          <Transport
            replayer={replayer}
            replay={replay}
            step={step}
            canUndo={state.canUndo}
            canRedo={state.canRedo}
          />
        </section>
      )}
      <div className={styles.panels}>
        {replay && (
          <MachinePanel
            replay={replay}
            step={step}
            firstArea={start?.area ?? 0}
            onGo={(to) => replayer.go(to)}
          />
        )}
        <SidePanel
          desk={desk}
          replayer={replayer}
          state={state}
          exploration={exploration}
          fate={fate}
        />
      </div>
    </main>
  );
}
