import { type FormEvent, useId, useState } from "react";
import type { CheckOptions } from "../protocol/check.ts";
import type { Report } from "../protocol/report.ts";
import { Button } from "../ui/Button.tsx";
import { OptionField } from "./OptionField.tsx";
import styles from "./OptionsPopover.module.css";
import {
  MOST_CHUNK_SECTORS,
  MOST_ORIGIN_SECTORS,
  readOptions,
  typedOptions,
} from "./options-form.ts";

interface OptionsPopoverProps {
  report: Report;
  options: CheckOptions;
  onRecheck: (options: CheckOptions) => void;
}

const BLOCK_SIZES = ["512", "1024", "2048", "4096"];

/** What the table line would say: the same image is checked again with it. */
export function OptionsPopover({ report, options, onRecheck }: OptionsPopoverProps) {
  const id = useId();
  const [typed, setTyped] = useState(() => typedOptions(options));
  const checkAgain = (event: FormEvent) => {
    event.preventDefault();
    onRecheck(readOptions(typed, options));
  };
  return (
    <>
      <Button popoverTarget={id}>Options</Button>
      <form id={id} popover="auto" className={styles.popover} onSubmit={checkAgain}>
        <h2 className={styles.title}>As the table line has it</h2>
        <OptionField
          label="Chunk size, in sectors"
          hint={`Empty: the header’s own, if the kernel accepts it. 0: none given. Now ${report.options.tableChunk}.`}
          value={typed.tableChunk}
          most={MOST_CHUNK_SECTORS}
          onChange={(tableChunk) => setTyped({ ...typed, tableChunk })}
        />
        <OptionField
          label="Size of the origin, in sectors"
          hint="Empty: unknown, so old_chunk is not checked against it."
          value={typed.originSectors}
          most={MOST_ORIGIN_SECTORS}
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
        <Button type="submit" kind="primary">
          Check again
        </Button>
      </form>
    </>
  );
}
