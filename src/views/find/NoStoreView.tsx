import type { MachineTree } from "../../protocol/machine.ts";
import { Button } from "../../ui/Button.tsx";
import { Panel } from "../../ui/Panel.tsx";
import { ProblemScreen } from "../problem/ProblemScreen.tsx";
import styles from "./FindView.module.css";
import { MachineTreeTable } from "./MachineTreeTable.tsx";

interface NoStoreViewProps {
  tree: MachineTree;
  name: string;
  onChoose: () => void;
  onLook: (() => void) | null;
}

/** Files without a store: what kept one from being found, if anything is known to have, and what is there. */
export function NoStoreView({ tree, name, onChoose, onLook }: NoStoreViewProps) {
  const why = tree.problems.find(({ refused }) => refused);
  return (
    <ProblemScreen
      severity="problem"
      title={`There is no COW store in ${name}`}
      details={[
        { name: "Why", text: why?.message ?? "" },
        { name: "Where", text: why?.where ?? "" },
        {
          name: "Expected",
          text:
            why?.expected ??
            "a volume group with a snapshot, or a store in a file, a partition or a volume",
        },
        { name: "Found", text: why?.found ?? "none of these: what is there stands below" },
        { name: "Code", text: why ? `\`${why.code}\`` : "" },
      ]}
      todo={
        why?.todo ?? "Drop the disk that the snapshot lies on, or all disks of its volume group."
      }
      actions={
        <>
          <Button kind="primary" onClick={onChoose}>
            Choose another image …
          </Button>
          {onLook && <Button onClick={onLook}>Look at its bytes all the same</Button>}
        </>
      }
    >
      <Panel title="What is in it" className={styles.below}>
        <MachineTreeTable tree={tree} checks={new Map()} onOpen={() => {}} />
      </Panel>
    </ProblemScreen>
  );
}
