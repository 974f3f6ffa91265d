import { DEFAULT_OPTIONS } from "../protocol/check.ts";
import { fetchSample, type Sample } from "../views/start/samples.ts";
import type { Session } from "./session.ts";

/** Fetches a sample and checks it as the table line that the kernel was given has it. */
export async function openSample(session: Session, sample: Sample): Promise<void> {
  const blob = await fetchSample(sample).catch((error: unknown) => {
    session.refuse(sample.name, {
      code: "image.unreadable",
      message: `The sample ${sample.name} could not be fetched`,
      where: `samples/${sample.file}`,
      expected: `${sample.bytes} bytes from the server of this page`,
      found: error instanceof Error ? error.message : String(error),
      todo: "Try it again from the start page, or drop an image of your own.",
    });
    return null;
  });
  if (blob === null) return;
  await session.open(
    { blob, name: sample.name },
    {
      ...DEFAULT_OPTIONS,
      tableChunk: sample.tableChunk ?? null,
      originSectors: sample.originSectors === undefined ? null : BigInt(sample.originSectors),
    },
  );
}
