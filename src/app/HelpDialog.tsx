import { useRef } from "react";
import { Button } from "../ui/Button.tsx";
import { useKeys } from "../ui/use-keys.ts";
import styles from "./HelpDialog.module.css";
import { keyOf, VIEWS } from "./views.tsx";

const KEYS: { keys: string[]; does: string }[] = [
  { keys: ["o"], does: "choose an image" },
  { keys: ["Esc"], does: "cancel the check, the snapshot or the look at files that runs" },
  { keys: ["n", "N"], does: "go to the bytes of the next, the previous finding" },
  { keys: ["[", "]"], does: "show the previous, the next area" },
  { keys: ["Tab"], does: "go from one table or grid to the next" },
  {
    keys: ["↑", "↓", "PgUp", "PgDn", "Home", "End"],
    does: "move in a table; Enter goes to the bytes, in a disk to the store",
  },
  {
    keys: ["←", "→", "↑", "↓", "PgUp", "PgDn", "Home", "End"],
    does: "move in a hex grid; with Ctrl, Home and End go to its ends",
  },
  { keys: VIEWS.map(keyOf), does: VIEWS.map(({ does }) => does).join(", ") },
  {
    keys: ["←", "→", "↑", "↓", "+", "−"],
    does: "map and history: move the cursor, zoom; Enter goes to Inspect",
  },
  {
    keys: ["←", "→", "Home", "End"],
    does: "replay: a step back, forward, to the start, to the end",
  },
  { keys: ["Space"], does: "replay: play and pause" },
  { keys: ["i", "c"], does: "replay: step one thread by hand" },
  { keys: ["⇧ ←", "⇧ →"], does: "replay: move the step past one of the other thread" },
  { keys: ["Ctrl Z", "Ctrl ⇧ Z"], does: "replay: undo a change, make it again" },
  { keys: ["?"], does: "show these keys" },
];

/** The button, the key and the dialog that they open. */
export function HelpButton() {
  const dialog = useRef<HTMLDialogElement>(null);
  const open = () => {
    dialog.current?.showModal();
    // The focus goes to the button at its end, which a small screen scrolls to.
    dialog.current?.scrollTo(0, 0);
  };
  useKeys([["?", open]]);
  return (
    <>
      <Button onClick={open} aria-label="Help: keys and colours" aria-haspopup="dialog">
        ?
      </Button>
      <dialog ref={dialog} className={styles.dialog} aria-labelledby="help-title">
        <h2 id="help-title">Keys</h2>
        <dl className={styles.keys}>
          {KEYS.map(({ keys, does }) => (
            <div key={does}>
              <dt>
                {keys.map((key) => (
                  <kbd key={key}>{key}</kbd>
                ))}
              </dt>
              <dd>{does}</dd>
            </div>
          ))}
        </dl>
        <h2>Bytes</h2>
        <p className={styles.words}>
          A tint is a field, the same in table, hex and ASCII.{" "}
          <span className={styles.wrong}>Red</span> underlines bytes that are wrong,{" "}
          <span className={styles.odd}>amber</span> bytes that are odd; the findings say why. Zeros
          are dim. The image is only read, never written.
        </p>
        <form method="dialog" className={styles.close}>
          <Button type="submit" kind="primary">
            Close
          </Button>
        </form>
      </dialog>
    </>
  );
}
