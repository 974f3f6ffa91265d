import { useState } from "react";
import type { StoreReader } from "../../client/store-client.ts";
import type { OpenedStore } from "../../protocol/store-service.ts";
import { useKeys } from "../../ui/use-keys.ts";
import { AreaBuffer } from "./AreaBuffer.tsx";
import { ExceptionsPanel } from "./ExceptionsPanel.tsx";
import { FindingsPanel } from "./FindingsPanel.tsx";
import { HeaderBuffer } from "./HeaderBuffer.tsx";
import { InspectFrame, PendingPanel } from "./InspectFrame.tsx";
import { NoExceptions } from "./NoExceptions.tsx";
import { useInspection } from "./use-inspection.ts";
import { VerdictCard } from "./VerdictCard.tsx";

interface InspectViewProps {
  store: OpenedStore;
  reader: StoreReader;
}

/** An open store: verdict, header beside area, findings beside exceptions. */
export function InspectView({ store, reader }: InspectViewProps) {
  const { report } = store;
  const { focus, header, shown, area, setArea, goToException, goToFinding } = useInspection(
    store,
    reader,
  );
  const [current, setCurrent] = useState<number | null>(null);

  const showFinding = (index: number) => {
    const finding = report.findings[index];
    if (finding === undefined) return;
    setCurrent(index);
    goToFinding(finding);
  };
  const stepFinding = (step: 1 | -1) => {
    const count = report.findings.length;
    const from = current ?? (step === 1 ? -1 : count);
    showFinding((from + step + count) % count);
  };
  const stepArea = (step: 1 | -1) => {
    const wanted = area + step;
    if (wanted >= 0 && wanted < store.areaCount) setArea(wanted);
  };
  useKeys([
    ["n", () => stepFinding(1)],
    ["N", () => stepFinding(-1)],
    ["]", () => stepArea(1)],
    ["[", () => stepArea(-1)],
  ]);

  return (
    <InspectFrame
      verdict={<VerdictCard report={report} soFar={false} />}
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
      findings={<FindingsPanel store={store} current={current} onGoTo={showFinding} />}
      exceptions={
        store.rowCount === 0 ? (
          <NoExceptions />
        ) : (
          <ExceptionsPanel store={store} reader={reader} onGoTo={goToException} />
        )
      }
    />
  );
}
