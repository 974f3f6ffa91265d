import { useCallback, useEffect, useMemo, useState } from "react";
import { INSPECT_START } from "../../address/inspect-address.ts";
import type { StoreReader } from "../../client/held-store.ts";
import type { RaceAsker } from "../../client/race-client.ts";
import type { SnapshotRun } from "../../client/snapshot-run.ts";
import { worstFirst } from "../../explain/findings/worst-first.ts";
import type { OpenedStore } from "../../protocol/store-service.ts";
import { useArrival } from "../../ui/use-arrival.ts";
import { useKeys } from "../../ui/use-keys.ts";
import { AreaBuffer } from "./AreaBuffer.tsx";
import { areasToShow } from "./areas-to-show.ts";
import { FindingsPanel } from "./FindingsPanel.tsx";
import { HeaderBuffer } from "./HeaderBuffer.tsx";
import { InspectFrame, PendingPanel } from "./InspectFrame.tsx";
import type { InspectTarget } from "./inspect-target.ts";
import { KeptPlace } from "./kept-place.ts";
import { ReplayButton } from "./ReplayButton.tsx";
import { SidePanel } from "./SidePanel.tsx";
import { useInspection } from "./use-inspection.ts";
import { VerdictCard } from "./VerdictCard.tsx";

interface InspectViewProps {
  store: OpenedStore;
  reader: StoreReader;
  snapshot: SnapshotRun;
  race: RaceAsker;
  /** What is shown first; null: the beginning. */
  target: InspectTarget | null;
}

/** An open store: verdict, header beside area, findings beside exceptions or chunk sizes. */
export function InspectView(props: InspectViewProps) {
  // Whatever the address names is then where the view opens.
  const [arrivals, setArrivals] = useState(0);
  useArrival(useCallback(() => setArrivals((before) => before + 1), []));
  return <InspectDesk key={arrivals} {...props} target={arrivals === 0 ? props.target : null} />;
}

function InspectDesk({ store, reader, snapshot, race, target }: InspectViewProps) {
  const { report } = store;
  const place = useMemo(() => new KeptPlace(reader), [reader]);
  useEffect(() => {
    // Come back to from another view, it is not in the address yet.
    if (place.link !== INSPECT_START) place.keep({});
    return () => place.leave();
  }, [place]);
  const findings = useMemo(() => worstFirst(report.findings), [report]);
  const { focus, header, shown, area, setArea, goToException, goToFinding } = useInspection(
    store,
    reader,
    place,
    target,
  );
  const [current, setCurrent] = useState<number | null>(null);

  const showFinding = (index: number) => {
    const finding = findings[index];
    if (finding === undefined) return;
    setCurrent(index);
    goToFinding(finding);
  };
  const stepArea = (step: 1 | -1) => {
    const wanted = area + step;
    if (wanted >= 0 && wanted < areasToShow(store)) setArea(wanted);
  };
  useKeys([
    ["]", () => stepArea(1)],
    ["[", () => stepArea(-1)],
  ]);

  return (
    <InspectFrame
      verdict={
        <VerdictCard report={report} reading={null}>
          <ReplayButton store={store} reader={reader} race={race} />
        </VerdictCard>
      }
      header={
        header === null ? (
          <PendingPanel title="header_area" />
        ) : (
          <HeaderBuffer store={store} chunk={header} focus={focus} />
        )
      }
      area={
        shown === null ? (
          <PendingPanel title="area" />
        ) : (
          <AreaBuffer store={store} shown={shown} focus={focus} onGoTo={setArea} />
        )
      }
      findings={
        <FindingsPanel store={store} findings={findings} current={current} onGoTo={showFinding} />
      }
      side={
        <SidePanel
          store={store}
          reader={reader}
          snapshot={snapshot}
          place={place}
          onGoToException={goToException}
        />
      }
    />
  );
}
