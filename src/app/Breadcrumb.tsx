import type { FoundIn } from "../client/store-checks.ts";
import styles from "./FileFacts.module.css";

/** Where the open store lies, "disk.qcow2 › vg › snap"; its first part leads back to all of it. */
export function Breadcrumb({ found, onMachine }: { found: FoundIn; onMachine: () => void }) {
  const { machine, store } = found;
  const { layers, kind } = store;
  const [file = "", ...inside] = layers;
  const last = kind === "lvm" ? (inside.at(-1) ?? "").split("/") : [];
  const steps = kind === "lvm" ? [...inside.slice(0, -1), ...last] : inside;
  const { images } = machine.held.tree;
  const name = images.length > 1 && steps.length === 0 ? "all files" : file;
  const shown = images.length > 1 && steps.length === 0 ? [file] : steps;
  return (
    <nav className={styles.crumbs} aria-label="Where it lies">
      <button type="button" className={styles.crumb} onClick={onMachine}>
        {name}
      </button>
      {shown.map((step, at) => (
        <span key={shown.slice(0, at + 1).join("/")}>
          {" › "}
          <b className={styles.name} aria-current={at === shown.length - 1 ? "page" : undefined}>
            {step}
          </b>
        </span>
      ))}
    </nav>
  );
}
