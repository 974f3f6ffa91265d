import { type Ref, useState } from "react";
import type { StoreCheck } from "../../client/store-checks.ts";
import { imageName } from "../../protocol/found-store.ts";
import type { FoundStore, MachineTree } from "../../protocol/machine.ts";
import { byteSize, grouped } from "../../ui/format.ts";
import type { TableHandle } from "../../ui/RowTable.tsx";
import { WrappingTable } from "../../ui/VirtualTable.tsx";
import styles from "./FindView.module.css";
import { type SortKey, sortedStores } from "./sorted-stores.ts";
import { lackingWords, storeWords } from "./store-words.ts";
import { VerdictBadge } from "./VerdictBadge.tsx";

interface StoreTableProps {
  tree: MachineTree;
  checks: ReadonlyMap<number, StoreCheck>;
  onOpen: (store: FoundStore) => void;
  handle?: Ref<TableHandle>;
}

const COLUMNS: { key: SortKey; name: string; width?: string }[] = [
  { key: "name", name: "Store", width: "36%" },
  { key: "verdict", name: "Verdict" },
  { key: "exceptions", name: "Exceptions", width: "12%" },
  { key: "bytes", name: "Size", width: "10%" },
];

/** All stores and their verdicts, in the order that is asked for. */
export function StoreTable({ tree, checks, onOpen, handle }: StoreTableProps) {
  const [sort, setSort] = useState<{ key: SortKey; down: boolean } | null>(null);
  const stores = sort ? sortedStores(tree.stores, checks, sort.key, sort.down) : tree.stores;
  const sortBy = (key: SortKey) =>
    setSort((now) => ({ key, down: now?.key === key ? !now.down : false }));
  return (
    <WrappingTable
      label="Stores"
      handle={handle}
      className={styles.table}
      columns={COLUMNS.map(({ key, ...column }) => ({
        ...column,
        onSort: () => sortBy(key),
        sorted: sort?.key === key ? (sort.down ? "descending" : "ascending") : undefined,
      }))}
      rows={stores.length}
      onActivate={(at) => {
        const store = stores[at];
        if (store) onOpen(store);
      }}
      renderRow={(at, props) => {
        const store = stores[at];
        if (store === undefined) return null;
        const check = checks.get(store.node);
        const lacking = lackingWords(store);
        const count = check?.at === "checked" ? check.report.exceptions.count : null;
        return (
          <tr key={at} {...props}>
            <td className={styles.name}>
              <span className={styles.link}>{imageName(store)}</span>
              <p className={styles.quiet}>{storeWords(store, tree)}</p>
              {lacking && <p className={styles.lacking}>{lacking}</p>}
            </td>
            <td>
              <VerdictBadge check={check} merging={store.merging} />
            </td>
            <td className={styles.size}>
              {count !== null && (
                <>
                  <span className={styles.label}>Exceptions </span>
                  {grouped(count)}
                </>
              )}
            </td>
            <td className={styles.size}>
              <span className={styles.label}>Size </span>
              {byteSize(store.bytes)}
            </td>
          </tr>
        );
      }}
    />
  );
}
