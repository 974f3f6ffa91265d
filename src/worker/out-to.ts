import type { SnapshotTarget } from "../protocol/store-service.ts";
import { BlobSink } from "../source/sink/blob-sink.ts";
import { openFileHandle } from "../source/sink/file-handle-sink.ts";
import type { Sink } from "../source/sink/sink.ts";

interface Out {
  /** Null where nothing is to be written. */
  open: (() => Promise<Sink> | Sink) | null;
  /** The finished Blob, where that is the target. */
  blob: () => Blob | null;
}

/** @param inputs what is being read, and so never written to. */
export function outTo(target: SnapshotTarget, inputs: readonly Blob[]): Out {
  switch (target.kind) {
    case "none":
      return { open: null, blob: () => null };
    case "file":
      return { open: () => openFileHandle(target.file, inputs), blob: () => null };
    case "blob": {
      const sink = new BlobSink();
      return { open: () => sink, blob: () => sink.blob };
    }
  }
}
