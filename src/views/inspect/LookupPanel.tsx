import { useId, useState } from "react";
import type { StoreReader } from "../../client/held-store.ts";
import type { LookupDevice, LookupException, LookupUnit } from "../../protocol/lookup.ts";
import { Button } from "../../ui/Button.tsx";
import { TabBody } from "../../ui/TabbedPanel.tsx";
import type { ShownException } from "../data/DataDialog.tsx";
import { DamagedBytesList } from "./DamagedBytesList.tsx";
import styles from "./LookupPanel.module.css";
import { useLookup } from "./use-lookup.ts";

interface LookupPanelProps {
  /** What damage costs is worked out only then. */
  isOpen: boolean;
  reader: StoreReader;
  /** Shows a row of the exception table in its area. */
  onGoTo: (row: number) => void;
  onShowData: (exception: ShownException) => void;
}

const DEVICES: Record<LookupDevice, string> = { origin: "origin", cow: "COW device" };
const UNITS: Record<LookupUnit, string> = { byte: "byte", sector: "sector", chunk: "chunk" };

/** What lies at a place of either device, and what damage costs in bytes of the origin. */
export function LookupPanel({ isOpen, reader, onGoTo, onShowData }: LookupPanelProps) {
  const id = useId();
  const [device, setDevice] = useState<LookupDevice>("origin");
  const [unit, setUnit] = useState<LookupUnit>("byte");
  const [typed, setTyped] = useState("");
  const { found, bad } = useLookup(reader, device, unit, typed);
  return (
    <TabBody>
      <div className={styles.box}>
        <div className={styles.ask}>
          <label>
            <span>Look up</span>
            <select
              aria-label="Unit"
              value={unit}
              onChange={({ target }) => setUnit(target.value as LookupUnit)}
            >
              <Options of={UNITS} />
            </select>
          </label>
          <input
            type="search"
            aria-label="Number"
            aria-describedby={`${id}answer`}
            aria-invalid={bad}
            placeholder="12345 or 0x3039"
            spellCheck={false}
            value={typed}
            onChange={({ target }) => setTyped(target.value)}
          />
          <label>
            <span>of the</span>
            <select
              aria-label="Device"
              value={device}
              onChange={({ target }) => setDevice(target.value as LookupDevice)}
            >
              <Options of={DEVICES} />
            </select>
          </label>
        </div>
        <div id={`${id}answer`} className={styles.answer} role="status">
          {bad && <p>This is no number: type one such as 7 or 0x7000.</p>}
          {found?.ok === false && (
            <p>
              {found.problem.message}. {found.problem.todo}.
            </p>
          )}
          {found?.ok && <p>{found.value.message}</p>}
        </div>
        {found?.ok && (
          <ul className={styles.exceptions}>
            {found.value.exceptions.slice(0, MOST_LISTED).map((exception) => (
              <ExceptionActions
                key={exception.row}
                exception={exception}
                onGoTo={onGoTo}
                onShowData={onShowData}
              />
            ))}
          </ul>
        )}
        {isOpen && <DamagedBytesList reader={reader} />}
      </div>
    </TabBody>
  );
}

/** Of more exceptions for one chunk no one wants to see each. */
const MOST_LISTED = 8;

function Options<T extends string>({ of }: { of: Record<T, string> }) {
  return Object.entries<string>(of).map(([value, words]) => (
    <option key={value} value={value}>
      {words}
    </option>
  ));
}

interface ExceptionActionsProps extends Omit<LookupPanelProps, "isOpen" | "reader"> {
  exception: LookupException;
}

function ExceptionActions({ exception, onGoTo, onShowData }: ExceptionActionsProps) {
  const { row, area, index, oldChunk, newChunk, inForce } = exception;
  const name = `area ${area}, entry ${index}`;
  return (
    <li>
      <span>
        {name}: {oldChunk} → {newChunk}
        {inForce === false && " (not the one that is read)"}
      </span>
      <Button aria-label={`Show ${name} in its area`} onClick={() => onGoTo(Number(row))}>
        Show the entry
      </Button>
      <Button
        aria-label={`Show the data of ${name}`}
        onClick={() => onShowData({ old: BigInt(oldChunk), new: BigInt(newChunk) })}
      >
        Show the data
      </Button>
    </li>
  );
}
