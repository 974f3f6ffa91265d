import { ALLOC_VARIANTS, type AllocFailure, type AllocVariant } from "../../protocol/alloc-area.ts";
import styles from "./AllocPanel.module.css";
import type { SideProps } from "./side-props.ts";
import { useAnswer } from "./use-answer.ts";

const VARIANT_WORDS: Record<AllocVariant, string> = {
  before: "Before the patch: two buffers",
  patched: "As the patch left it, and Linux 6.1 still has it",
  cured: "With two NULLs in the ladder",
};

/** Linux 6.1 with the third allocation made to fail, shortened to the lines that matter. */
const LOG = `Trying to vfree() nonexistent vm area (00000000d81af5c7)
 persistent_dtr+0x2a/0x70 [dm_snapshot]
 dm_exception_store_destroy+0x13/0x50 [dm_snapshot]
 snapshot_ctr+0x6cc/0x8c0 [dm_snapshot]
Trying to vfree() nonexistent vm area (00000000e724fbe5)
 persistent_dtr+0x3b/0x70 [dm_snapshot]
device-mapper: table: 253:0: snapshot: Failed to read snapshot metadata (-ENOMEM)`;

/** The other half of 61578dcd: what alloc_area() frees, and what free_area() then frees again. */
export function AllocPanel({ desk }: SideProps) {
  const answer = useAnswer("alloc_area", () => desk.race.allocArea());
  return (
    <div className={styles.panel}>
      <p>
        The same commit gave <code>alloc_area</code> a ladder of labels: where an allocation fails,
        those made before are freed. <b>It does not set their pointers back to NULL.</b> The error
        then travels to <code>persistent_dtr</code>, and <code>free_area</code> frees them a second
        time.
      </p>
      {answer?.ok &&
        ALLOC_VARIANTS.map((variant) => (
          <VariantTable
            key={variant}
            variant={variant}
            failures={answer.value.filter((one) => one.variant === variant)}
          />
        ))}
      <p>
        <b>Linux still has this bug.</b> A 6.1 kernel whose third allocation is made to fail says:
      </p>
      <section className={styles.scroller} aria-label="Kernel log" {...SCROLLS}>
        <pre className={styles.log}>{LOG}</pre>
      </section>
    </div>
  );
}

function VariantTable({ variant, failures }: { variant: AllocVariant; failures: AllocFailure[] }) {
  return (
    <table className={styles.table}>
      <caption>{VARIANT_WORDS[variant]}</caption>
      <thead>
        <tr>
          <th scope="col">what fails</th>
          <th scope="col">ladder frees</th>
          <th scope="col">left standing</th>
          <th scope="col">freed again</th>
        </tr>
      </thead>
      <tbody>
        {failures.map(({ failing, fails, ladder, standing, freedAgain }) => (
          <tr key={failing}>
            <th scope="row">{failing}</th>
            {fails ? (
              <>
                <td>{listed(ladder)}</td>
                <td>{listed(standing)}</td>
                <td className={freedAgain.length > 0 ? styles.bad : styles.good}>
                  {freedAgain.length > 0 ? `twice: ${listed(freedAgain)}` : "none"}
                </td>
              </>
            ) : (
              <td colSpan={3}>there is no such buffer yet</td>
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const listed = (buffers: readonly string[]): string => buffers.join(", ") || "–";

/** What scrolls can be reached, so that the keyboard scrolls it too. */
const SCROLLS = { tabIndex: 0 } as const;
