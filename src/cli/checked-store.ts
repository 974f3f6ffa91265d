import { type CheckedStore, checkToTheEnd } from "../engine/check/check.ts";
import { TableTooLarge } from "../engine/read/read-areas.ts";
import { makeReport } from "../explain/report/report.ts";
import type { FoundStore, StoreSetting } from "../protocol/machine.ts";
import type { Report } from "../protocol/report.ts";
import type { BlockSource } from "../source/block-source.ts";
import type { OpenFiles } from "./open-files.ts";
import { openStore, type Wanted } from "./opened-store.ts";

/** A store with its exceptions at hand. */
export interface StoreAtHand {
  /** As a report names it. */
  name: string;
  source: BlockSource;
  checked: CheckedStore;
  report: Report;
  /** null: the file itself is the store. */
  found: FoundStore | null;
  setting: StoreSetting;
}

/**
 * Opens and checks the one store that a command is about, its rows kept.
 * @throws ImageError, SourceError, TableTooLarge
 */
export async function storeAtHand(
  files: OpenFiles,
  compiled: WebAssembly.Module,
  wanted: Wanted,
): Promise<StoreAtHand> {
  const opened = await openStore(files, compiled, wanted);
  const { reportName: name, source, options, setting, found } = opened;
  const checked = await checkToTheEnd(compiled, source, options, true);
  if (!checked.rowsKept) throw new TableTooLarge(checked.facts.exceptions);
  files.assertUnchanged();
  const report = makeReport(name, checked.facts, setting);
  return { name, source, checked, report, found: found?.store ?? null, setting };
}

/** The sentence for what turned out to be no store, or has no header; null for a store with one. */
export function noStoreWords({ name, report }: StoreAtHand): string | null {
  const { verdict, header } = report;
  // With a chunk size in the table line the verdict is what the kernel says of so short a device.
  if (verdict.id !== "not-a-store" && header === null) {
    return `${name} is too short for a header: there is no store in it`;
  }
  if (verdict.id !== "not-a-store") return null;
  return `${name}: ${verdict.title}. ${verdict.cause}`.replaceAll("**", "");
}
