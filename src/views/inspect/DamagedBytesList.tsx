import { useEffect, useState } from "react";
import type { StoreReader } from "../../client/held-store.ts";
import { damageHead, rangeWords } from "../../explain/lookup/damage-words.ts";
import type { DamagedBytes, DamageReport } from "../../protocol/lookup.ts";
import type { Result } from "../../protocol/problem.ts";
import { counted } from "../../ui/format.ts";
import styles from "./LookupPanel.module.css";

/** More would be more than anyone reads. */
const MOST_RANGES = 200;

/** The damage of the table in byte ranges of the origin. */
export function DamagedBytesList({ reader }: { reader: StoreReader }) {
  const [read, setRead] = useState<Result<DamageReport> | null>(null);
  useEffect(() => {
    let wanted = true;
    void reader.damage().then((result) => {
      if (wanted) setRead(result);
    });
    return () => {
      wanted = false;
    };
  }, [reader]);
  return (
    <section className={styles.damage} aria-label="What damage costs">
      <h3>What damage costs, in bytes of the origin</h3>
      {read === null && <p>reading …</p>}
      {read?.ok === false && <p>{read.problem.message}.</p>}
      {read?.ok && <DamageOf report={read.value} />}
    </section>
  );
}

function DamageOf({ report: { damage, activates, more } }: { report: DamageReport }) {
  return (
    <>
      {damage.length === 0 && !more && <p>No exception costs a byte of it.</p>}
      {damage.length > 0 && !activates && (
        <p>This kernel does not activate the store; so it would be if the header were right.</p>
      )}
      {damage.map((one) => (
        <KindOf key={one.kind} damage={one} />
      ))}
      {more && <p>There may be more: not every exception could be looked at.</p>}
    </>
  );
}

function KindOf({ damage }: { damage: DamagedBytes }) {
  const left = damage.ranges.length - MOST_RANGES;
  return (
    <>
      <p>{damageHead(damage)}</p>
      <ul className={styles.ranges}>
        {damage.ranges.slice(0, MOST_RANGES).map((range) => (
          <li key={range.offset}>{rangeWords(range)}</li>
        ))}
        {left > 0 && <li>and {counted(left, "range")} more</li>}
      </ul>
    </>
  );
}
