import type { Progress } from "../../protocol/check.ts";
import type { Report } from "../../protocol/report.ts";
import { InspectFrame, PendingPanel } from "./InspectFrame.tsx";
import { PendingVerdict } from "./PendingVerdict.tsx";
import { VerdictCard } from "./VerdictCard.tsx";

export interface CheckingViewProps {
  soFar: Report | null;
  progress: Progress;
}

/** A store that is still being read: the verdict as far as it is known, in its final place. */
export function CheckingView({ soFar, progress }: CheckingViewProps) {
  return (
    <InspectFrame
      verdict={
        soFar === null ? <PendingVerdict /> : <VerdictCard report={soFar} reading={progress} />
      }
      header={<PendingPanel title="header_area" />}
      area={<PendingPanel title="area" />}
      findings={<PendingPanel title="Findings" />}
      side={<PendingPanel title="Exceptions" />}
    />
  );
}
