import type { Problem } from "../protocol/problem.ts";
import type { Sample } from "../views/start/samples.ts";

export const sampleNotFetched = (sample: Sample, error: unknown): Problem => ({
  code: "image.unreadable",
  message: `The sample ${sample.name} could not be fetched`,
  where: `samples/${sample.file}`,
  expected: `${sample.bytes} bytes from the server of this page`,
  found: error instanceof Error ? error.message : String(error),
  todo: "Try it again from the start page, or drop an image of your own.",
});

export const sampleUnknown = (id: string): Problem => ({
  code: "image.unreadable",
  message: "The address names a sample that this page does not have",
  where: "the address",
  expected: "one of the samples of the start page",
  found: id.length > 60 ? `${id.slice(0, 60)}…` : id,
  todo: "Choose a sample on the start page, or drop an image of your own.",
});
