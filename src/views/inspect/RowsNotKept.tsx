import { counted } from "../../ui/format.ts";
import { TabBody } from "../../ui/TabbedPanel.tsx";
import styles from "./FindingsPanel.module.css";

/** In place of the exception table where its rows do not fit into memory. */
export function RowsNotKept({ count }: { count: number }) {
  return (
    <TabBody about={counted(count, "exception")}>
      <p className={styles.none}>
        All of them were checked, but they are too many to be kept in memory, so they cannot be
        listed or filtered here. Each area can still be looked at on its own.
      </p>
    </TabBody>
  );
}
