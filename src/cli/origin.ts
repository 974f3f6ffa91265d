import type { NamedOrigin } from "../engine/snapshot/snapshot-store.ts";
import { shown } from "./image-names.ts";
import { OpenFiles } from "./open-files.ts";
import { type OpenedStore, originInside, pairedOrigin } from "./opened-store.ts";

/**
 * What `--origin` names: something in the same disks, else a file, which is then among `opened`; the
 * volume group's own where nothing is named. @throws ImageError, UsageError
 */
export async function originOf(
  named: string | null,
  store: OpenedStore,
  opened: OpenFiles[],
): Promise<NamedOrigin> {
  if (named === null) return pairedOrigin(store);
  const inside = originInside(store, named);
  if (inside) return inside;
  const files = await OpenFiles.open([named]);
  opened.push(files);
  const [source] = files.sources;
  if (!source) throw new Error("a file that was opened is not there");
  return { name: shown(named), source };
}
