import type { FoundProblem } from "../protocol/machine.ts";
import type { SourceError } from "../source/block-source.ts";
import { MOST_DEPTH, MOST_LAYERS } from "./looking.ts";

/** What can keep a layer from being looked into, whatever it is. */
export const findProblem = {
  unreadable: (where: string, error: SourceError): FoundProblem => ({
    code: "layer.unreadable",
    message: `It cannot be read: ${error.message}`,
    where,
    expected: "bytes that can be read",
    found: `${error.message}, at byte ${error.offset}${error.path === "" ? "" : ` of ${error.path}`}`,
    todo: "Copy the disk with ddrescue, and open the copy",
    refused: true,
  }),
  tooDeep: (where: string): FoundProblem => ({
    code: "layer.too-deep",
    message: "It was not looked into: it lies in too many layers",
    where,
    expected: `at most ${MOST_DEPTH} layers`,
    found: "more",
    todo: "If it is meant to be so, cut the inner image out and open that",
    refused: true,
  }),
  tooMany: (where: string): FoundProblem => ({
    code: "layer.too-many",
    message: "Not all of it was looked into: there are too many partitions and volumes",
    where,
    expected: `at most ${MOST_LAYERS}`,
    found: "more",
    todo: "Open fewer disks at a time",
    refused: true,
  }),
};
