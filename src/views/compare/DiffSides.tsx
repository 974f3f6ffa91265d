import type { DiffReport, DiffSide } from "../../protocol/diff.ts";
import { counted, hexDigits } from "../../ui/format.ts";
import { ScrollBox } from "../../ui/ScrollBox.tsx";
import styles from "./CompareDialog.module.css";

const FIELDS: { name: string; of: (side: DiffSide) => string }[] = [
  { name: "magic", of: ({ header }) => `0x${hexDigits(header.magic, 8)}` },
  { name: "valid", of: ({ header }) => String(header.valid) },
  { name: "version", of: ({ header }) => String(header.version) },
  { name: "chunk_size", of: ({ header }) => String(header.chunkSize) },
  { name: "size", of: ({ bytes }) => counted(bytes, "byte") },
  { name: "exceptions", of: ({ exceptions }) => counted(exceptions, "exception") },
  {
    name: "duplicates",
    of: ({ duplicates }) => counted(duplicates, "exception"),
  },
];

/** Header fields and sizes of both, and which of them differ. */
export function DiffSides({ report: { left, right } }: { report: DiffReport }) {
  return (
    <ScrollBox className={styles.sides} aria-label="Header fields and sizes">
      <table>
        <caption className="sr-only">Header fields and sizes of both stores</caption>
        <thead>
          <tr>
            <th scope="col">
              <span className="sr-only">Field</span>
            </th>
            <th scope="col">Left: {left.name}</th>
            <th scope="col">Right: {right.name}</th>
            <th scope="col">
              <span className="sr-only">Alike</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {FIELDS.map(({ name, of }) => {
            const differs = of(left) !== of(right);
            return (
              <tr key={name} className={differs ? styles.differs : undefined}>
                <th scope="row">{name}</th>
                <td>{of(left)}</td>
                <td>{of(right)}</td>
                <td>{differs ? "differs" : ""}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </ScrollBox>
  );
}
