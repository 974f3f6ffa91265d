import { type Sink, SinkError, sinkError } from "./sink.ts";

/**
 * A file that a person chose in the browser, which puts the bytes there only when all are written.
 * @param inputs what is being read: never written to. @throws SinkError
 */
export async function openFileHandle(
  file: FileSystemFileHandle,
  inputs: readonly Blob[],
): Promise<Sink> {
  const chosen = await guard(() => file.getFile());
  if (inputs.some((input) => isSame(chosen, input))) {
    throw new SinkError("input", `${chosen.name} is one of the images that are read`);
  }
  const stream = await guard(() => file.createWritable());
  return {
    write: (bytes) => guard(() => stream.write(bytes)),
    finish: () => guard(() => stream.close()),
    // What cannot be written to cannot always be aborted either.
    abandon: () => stream.abort().catch(() => {}),
  };
}

/** A page is told no path: a file of the same name, size and time is taken for the same. */
function isSame(chosen: File, input: Blob): boolean {
  return (
    input instanceof File &&
    input.name === chosen.name &&
    input.size === chosen.size &&
    input.lastModified === chosen.lastModified
  );
}

async function guard<T>(step: () => Promise<T>): Promise<T> {
  try {
    return await step();
  } catch (error) {
    throw sinkError(error);
  }
}
