import { useEffect, useRef, useState, useSyncExternalStore } from "react";
import type { OpenMachine } from "../../client/store-checks.ts";
import type { FoundStore, MachineTree } from "../../protocol/machine.ts";
import { Button } from "../../ui/Button.tsx";
import { counted } from "../../ui/format.ts";
import { Panel } from "../../ui/Panel.tsx";
import type { TableHandle } from "../../ui/RowTable.tsx";
import { saveText } from "../../ui/save-file.ts";
import { verdictsCsv, verdictsHtml, verdictsNdjson } from "./export-verdicts.ts";
import styles from "./FindView.module.css";
import { MachineTreeTable } from "./MachineTreeTable.tsx";
import { NoStoreView } from "./NoStoreView.tsx";
import { StoreTable } from "./StoreTable.tsx";

export interface FindViewProps {
  machine: OpenMachine;
  /** What was handed over, in words. */
  name: string;
  onOpen: (store: FoundStore) => void;
  onChoose: () => void;
  /** null: there is more than one file. */
  onLook: (() => void) | null;
}

/** What lies in the files of one machine, and the verdicts on its stores as they come in. */
export function FindView({ machine, name, onOpen, onChoose, onLook }: FindViewProps) {
  const { tree } = machine.held;
  const { checks } = machine;
  const known = useSyncExternalStore(checks.subscribe, checks.state);
  const [shown, setShown] = useState<"tree" | "table">(() => (isOneDisk(tree) ? "tree" : "table"));
  const table = useRef<TableHandle>(null);
  useEffect(() => table.current?.focus(), []);

  if (tree.stores.length === 0) {
    return <NoStoreView tree={tree} name={name} onChoose={onChoose} onLook={onLook} />;
  }
  const read = tree.stores.filter(({ node }) => isDone(known.get(node)?.at)).length;
  const done = read === tree.stores.length;
  const props = { tree, checks: known, onOpen, handle: table };
  const toggle = (one: typeof shown, words: string) => (
    <Button aria-pressed={shown === one} onClick={() => setShown(one)}>
      {words}
    </Button>
  );
  const save = (ending: string, type: string, text: () => string) => (
    <Button disabled={!done} onClick={() => saveText(`cowscope.${ending}`, type, text())}>
      Save as {ending.toUpperCase()}
    </Button>
  );
  return (
    <main className={styles.view}>
      <h1 className={styles.title}>
        {counted(tree.stores.length, "COW store")} in {name}
      </h1>
      <p className={styles.lead}>
        Open one to see its verdict and the bytes that prove it; where its origin is in here too,
        the two are paired already.
      </p>
      <Panel
        title={shown === "tree" ? "What is in it" : "Stores"}
        about={
          <span role="status">
            {done ? "all stores read" : `${read} of ${tree.stores.length} stores read`}
          </span>
        }
        aside={
          <div className={styles.controls}>
            {toggle("tree", "As a tree")}
            {toggle("table", "As a table")}
            {save("csv", "text/csv", () => verdictsCsv(tree, known))}
            {save("ndjson", "application/x-ndjson", () => verdictsNdjson(tree, known))}
            {save("html", "text/html", () => verdictsHtml(tree, known))}
          </div>
        }
      >
        {shown === "tree" ? <MachineTreeTable {...props} /> : <StoreTable {...props} />}
      </Panel>
    </main>
  );
}

const isDone = (at: string | undefined): boolean => at === "checked" || at === "problem";

/** Whether one file holds it all, or something lies over several of them. */
const isOneDisk = ({ images, nodes }: MachineTree): boolean =>
  images.length === 1 || nodes.some(({ parents }) => parents.length > 1);
