import type { SnapshotRun } from "../../client/snapshot-run.ts";
import { pickSaveFile, saveBlob } from "../../ui/save-file.ts";

/** Into a file of the person's choice as it is read, where the browser can; else as a download. */
export async function saveSnapshot(run: SnapshotRun, store: string): Promise<void> {
  const name = `${store.replace(/\.\w+$/, "")}.snapshot.img`;
  const file = await pickSaveFile(name);
  if (file === null) return;
  if (file !== "download") {
    await run.save(file.name, { kind: "file", file });
    return;
  }
  const blob = await run.save(name, { kind: "blob" });
  if (blob !== null) saveBlob(name, blob);
}
