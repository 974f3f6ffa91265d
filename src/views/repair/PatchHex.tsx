import type { HexPatch } from "../../protocol/repair.ts";
import { type HexLine, hexLines, MOST_SHOWN } from "./hex-bytes.ts";
import styles from "./PatchHex.module.css";

/** One place of the image, as it is and as it would be. */
export function PatchHex({ patch }: { patch: HexPatch }) {
  const { offset, before, after } = patch;
  const length = before.length / 2;
  return (
    <div className={styles.patch}>
      <p className={styles.where}>
        From byte {offset} (0x{BigInt(offset).toString(16)}), {length}{" "}
        {length === 1 ? "byte" : "bytes"}
        {length > MOST_SHOWN && `, of which the first ${MOST_SHOWN}`}
      </p>
      <div className={styles.sides}>
        <Side name="Before" lines={hexLines(offset, before, after)} />
        <Side name="After" lines={hexLines(offset, after, before)} />
      </div>
    </div>
  );
}

function Side({ name, lines }: { name: string; lines: readonly HexLine[] }) {
  return (
    <div className={styles.side}>
      <h3>{name}</h3>
      {lines.map((line) => (
        <p key={line.offset} className={styles.line}>
          {line.bytes.map(({ offset, hex, differs }) => (
            <span key={offset} className={differs ? styles.differs : undefined}>
              {hex}
            </span>
          ))}
        </p>
      ))}
    </div>
  );
}
