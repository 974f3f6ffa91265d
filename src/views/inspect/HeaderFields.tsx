import type { ByteFocus } from "../../hex/byte-focus.ts";
import type { Part } from "../../hex/field-map.ts";
import type { Finding } from "../../protocol/finding.ts";
import type { ChunkBytes } from "../../protocol/store-service.ts";
import { HeaderField } from "./HeaderField.tsx";
import styles from "./HeaderFields.module.css";

interface HeaderFieldsProps {
  parts: Part[];
  chunk: ChunkBytes;
  findings: readonly Finding[];
  focus: ByteFocus;
}

export function HeaderFields({ parts, chunk, findings, focus }: HeaderFieldsProps) {
  return (
    <table className={styles.table} aria-label="Fields of the header">
      <thead>
        <tr>
          <th scope="col">Field</th>
          <th scope="col">Offset</th>
          <th scope="col">On disk</th>
          <th scope="col">Expected</th>
        </tr>
      </thead>
      <tbody>
        {parts.map((part) => (
          <HeaderField
            key={part.name}
            part={part}
            chunk={chunk}
            findings={findings}
            focus={focus}
          />
        ))}
      </tbody>
    </table>
  );
}
