import type { Report } from "../../protocol/report.ts";
import { Button } from "../../ui/Button.tsx";
import { ProblemScreen } from "./ProblemScreen.tsx";

interface NotAStoreViewProps {
  report: Report;
  onLook: () => void;
  onChoose: () => void;
}

/** Something else was dropped: what it looks like, and a way to its bytes all the same. */
export function NotAStoreView({ report, onLook, onChoose }: NotAStoreViewProps) {
  const { verdict, findings } = report;
  const magic = findings.find(({ where }) => where.offset === "0");
  return (
    <ProblemScreen
      severity="problem"
      title={verdict.title}
      details={[
        { name: "Why", text: verdict.cause },
        { name: "Where", text: `${report.image.name}, byte 0` },
        { name: "Expected", text: magic?.expected ?? "" },
        { name: "Found", text: magic?.found ?? "" },
      ]}
      todo={verdict.action}
      actions={
        <>
          <Button kind="primary" onClick={onChoose}>
            Choose another image …
          </Button>
          <Button onClick={onLook}>Look at its bytes all the same</Button>
        </>
      }
    />
  );
}
