import type { Intake } from "./intake.ts";

/** Files API of installed pages, which TypeScript's library does not have yet. */
interface LaunchQueue {
  setConsumer(
    consumer: (launch: { files?: readonly { getFile(): Promise<File> }[] }) => void,
  ): void;
}

/**
 * Opens what the desktop hands to the installed page (`file_handlers` in the manifest) as if it had
 * been dropped on it. A file that cannot be read is left out, as one that was never dropped.
 */
export function takeLaunchedFiles(intake: Pick<Intake, "take">): void {
  const { launchQueue } = globalThis as { launchQueue?: LaunchQueue };
  launchQueue?.setConsumer(async ({ files: handles = [] }) => {
    const read = await Promise.allSettled(handles.map((handle) => handle.getFile()));
    const files = read.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
    if (files.length > 0) await intake.take({ files, folders: [], isText: false }, "store");
  });
}
