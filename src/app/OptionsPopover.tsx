import { type FormEvent, useId, useState } from "react";
import { kernelNames } from "../explain/kernel/kernel-names.ts";
import { TABLE_CHUNK_FROM_WORDS, TABLE_CHUNK_HINT } from "../explain/report/table-chunk-words.ts";
import type { CheckOptions } from "../protocol/check.ts";
import { KERNEL_AGES } from "../protocol/kernel-ages.ts";
import type { Report } from "../protocol/report.ts";
import { Button } from "../ui/Button.tsx";
import { OptionField } from "./OptionField.tsx";
import styles from "./OptionsPopover.module.css";
import { optionsForm, readOptions } from "./options-form.ts";

interface OptionsPopoverProps {
  report: Report;
  options: CheckOptions;
  onRecheck: (options: CheckOptions) => void;
}

const NEWEST_FIRST = KERNEL_AGES.toReversed();
const BLOCK_SIZES = ["512", "1024", "2048", "4096"];

/** What the table line would say, and to which kernel: the same image is checked again with it. */
export function OptionsPopover({ report, options, onRecheck }: OptionsPopoverProps) {
  const id = useId();
  const [typed, setTyped] = useState(() => optionsForm(options));
  const checkAgain = (event: FormEvent) => {
    event.preventDefault();
    const read = readOptions(typed);
    if (read !== null) onRecheck(read);
  };
  return (
    <>
      <Button popoverTarget={id}>Options</Button>
      <form id={id} popover="auto" className={styles.popover} onSubmit={checkAgain}>
        <h2 className={styles.title}>As the table line has it</h2>
        <OptionField
          name="tableChunk"
          label="Chunk size, in sectors"
          hint={`${TABLE_CHUNK_HINT} Now ${report.options.tableChunk}: ${TABLE_CHUNK_FROM_WORDS[report.options.tableChunkFrom]}.`}
          value={typed.tableChunk}
          onChange={(tableChunk) => setTyped({ ...typed, tableChunk })}
        />
        <OptionField
          name="originSectors"
          label="Size of the origin, in sectors"
          hint="Empty: unknown, so old_chunk is not checked against it."
          value={typed.originSectors}
          onChange={(originSectors) => setTyped({ ...typed, originSectors })}
        />
        <label className={styles.field}>
          Logical block size of both devices
          <select
            value={typed.blockSize}
            onChange={(event) => setTyped({ ...typed, blockSize: event.target.value })}
          >
            {BLOCK_SIZES.map((size) => (
              <option key={size} value={size}>
                {size} bytes
              </option>
            ))}
          </select>
        </label>
        <label className={styles.field}>
          Kernel that the report speaks of
          <select
            value={typed.kernel}
            onChange={(event) => setTyped({ ...typed, kernel: event.target.value })}
          >
            {NEWEST_FIRST.map((age) => (
              <option key={age.id} value={age.id}>
                {kernelNames(age)}
              </option>
            ))}
          </select>
        </label>
        <Button type="submit" kind="primary">
          Check again
        </Button>
      </form>
    </>
  );
}
