import { type ByteFocus, HOVERED, SELECTED } from "../../hex/byte-focus.ts";
import type { Part } from "../../hex/field-map.ts";
import { littleEndian } from "../../hex/little-endian.ts";
import { useLook } from "../../hex/use-look.ts";
import type { Finding } from "../../protocol/finding.ts";
import type { ChunkBytes } from "../../protocol/store-service.ts";
import { CheckMark } from "../../ui/icons.tsx";
import { fieldValue, findingFor, isNotLookedAt } from "./field-words.ts";
import styles from "./HeaderFields.module.css";

interface HeaderFieldProps {
  part: Part;
  chunk: ChunkBytes;
  findings: readonly Finding[];
  focus: ByteFocus;
}

export function HeaderField({ part, chunk, findings, focus }: HeaderFieldProps) {
  const look = useLook(focus, part.start, part.end);
  const value = littleEndian(chunk, part);
  const finding = findingFor(part, findings);
  const select = () => focus.select(part);
  return (
    <tr
      className={`${look & SELECTED ? styles.selected : ""} ${look & HOVERED ? styles.hovered : ""}`}
      onPointerEnter={() => focus.hover(part)}
      onPointerLeave={() => focus.hover(null)}
      onClick={select}
    >
      <th scope="row">
        <button type="button" aria-pressed={(look & SELECTED) !== 0} onClick={select}>
          <span className={`${styles.swatch} ${styles[`tint${part.tint}`]}`} />
          {part.name}
        </button>
      </th>
      <td>0x{(part.start - Number(chunk.offset)).toString(16).padStart(2, "0")}</td>
      <td className={finding === null ? "" : styles[finding.severity]}>
        {value === null ? "the image ends before it" : fieldValue(part, value)}
      </td>
      <td>
        <Expectation finding={finding} notLookedAt={isNotLookedAt(part, findings)} />
      </td>
    </tr>
  );
}

interface ExpectationProps {
  finding: Finding | null;
  notLookedAt: boolean;
}

function Expectation({ finding, notLookedAt }: ExpectationProps) {
  if (finding !== null) return finding.expected;
  if (notLookedAt) return <span className={styles.quiet}>not looked at</span>;
  return (
    <>
      <CheckMark />
      <span className="sr-only">as expected</span>
    </>
  );
}
