import { type CSSProperties, type Ref, useMemo } from "react";
import type { StoreCheck } from "../../client/store-checks.ts";
import type { FoundProblem, FoundStore, MachineTree } from "../../protocol/machine.ts";
import { byteSize } from "../../ui/format.ts";
import type { RowProps, TableHandle } from "../../ui/RowTable.tsx";
import { WrappingTable } from "../../ui/VirtualTable.tsx";
import styles from "./FindView.module.css";
import { heldWords, kindWords, type MachineRow, machineRows } from "./machine-rows.ts";
import { lackingWords, storeWords } from "./store-words.ts";
import { VerdictBadge } from "./VerdictBadge.tsx";

interface MachineTreeTableProps {
  tree: MachineTree;
  checks: ReadonlyMap<number, StoreCheck>;
  onOpen: (store: FoundStore) => void;
  handle?: Ref<TableHandle>;
}

const COLUMNS = [
  { name: "Where", width: "30%" },
  { name: "Verdict", width: "28%" },
  { name: "What it holds" },
  { name: "Size", width: "10%" },
];

/** Files, what lies in them, and in that again; Enter or a click on a store opens it. */
export function MachineTreeTable({ tree, checks, onOpen, handle }: MachineTreeTableProps) {
  const { rows, elsewhere } = useMemo(() => machineRows(tree), [tree]);
  return (
    <>
      {elsewhere.map((problem) => (
        <ProblemLine key={`${problem.code} ${problem.where}`} problem={problem} />
      ))}
      <WrappingTable
        label="What is in it"
        isTree
        handle={handle}
        className={styles.table}
        columns={COLUMNS}
        rows={rows.length}
        onActivate={(at) => {
          const store = rows[at]?.store;
          if (store) onOpen(store);
        }}
        renderRow={(at, props) => {
          const row = rows[at];
          if (row === undefined) return null;
          const check = checks.get(row.node.id);
          return <TreeRow key={at} row={row} tree={tree} check={check} props={props} />;
        }}
      />
    </>
  );
}

interface TreeRowProps {
  row: MachineRow;
  tree: MachineTree;
  check: StoreCheck | undefined;
  props: RowProps;
}

function TreeRow({ row, tree, check, props }: TreeRowProps) {
  const { node, level, store, on, problems } = row;
  const lacking = store && lackingWords(store);
  const className = `${props.className ?? ""} ${store ? "" : styles.plain}`;
  return (
    <tr
      {...props}
      className={className}
      aria-level={level}
      style={{ "--level": level } as CSSProperties}
    >
      <td className={styles.name}>
        <span className={store ? styles.link : undefined}>{node.name}</span>{" "}
        <span className={styles.quiet}>{store ? "snapshot" : kindWords(node)}</span>
        {on.length > 0 && <p className={styles.quiet}>on {on.join(" and ")}</p>}
      </td>
      <td>{store && <VerdictBadge check={check} merging={store.merging} />}</td>
      <td>
        {store ? storeWords(store, tree) : heldWords(node)}
        {lacking && <p className={styles.lacking}>{lacking}</p>}
        {!store && node.why !== null && problems.length === 0 && (
          <p className={styles.lacking}>{node.why}</p>
        )}
        {problems.map((problem) => (
          <ProblemLine key={problem.code} problem={problem} />
        ))}
      </td>
      <td className={styles.size}>
        {node.bytes !== null && (
          <>
            <span className={styles.label}>Size </span>
            {byteSize(node.bytes)}
          </>
        )}
      </td>
    </tr>
  );
}

function ProblemLine({ problem }: { problem: FoundProblem }) {
  const { code, message, todo } = problem;
  return (
    <p className={styles.lacking}>
      <code>{code}</code> {sentence(message)} {sentence(todo)}
    </p>
  );
}

const sentence = (words: string): string => (/[.!?]$/.test(words) ? words : `${words}.`);
