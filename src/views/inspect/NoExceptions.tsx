import { TabBody } from "../../ui/TabbedPanel.tsx";
import styles from "./FindingsPanel.module.css";

/** In place of the exception table where the areas hold none. */
export function NoExceptions() {
  return (
    <TabBody about="none">
      <p className={styles.none}>
        The table ends before its first entry: no chunk was copied, or what was is not recorded.
      </p>
    </TabBody>
  );
}
