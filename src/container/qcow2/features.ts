import type { ImageFile } from "../image-file.ts";
import type { ContainerProblem } from "../wrapper.ts";
import type { Extensions } from "./extensions.ts";
import {
  COMPRESSION_TYPE,
  CORRUPT,
  DIRTY,
  EXTENDED_L2,
  EXTERNAL_DATA,
  type Qcow2Header,
} from "./header.ts";

const KNOWN = DIRTY | CORRUPT | EXTERNAL_DATA | COMPRESSION_TYPE | EXTENDED_L2;
const ENCRYPTION: Record<number, string> = { 1: "AES, the old method", 2: "LUKS" };
/** Smaller clusters have no room for 32 subclusters of a sector. */
const LEAST_EXTENDED_BITS = 14;

/** Refuses an image that needs what nobody here can do: an unknown feature, a key. */
export function expectReadable(file: ImageFile, header: Qcow2Header, known: Extensions): void {
  const unknown = header.incompatible & ~KNOWN;
  if (unknown !== 0n) refuseUnknown(file, unknown, known);
  if (header.encryption !== 0) {
    const method = ENCRYPTION[header.encryption] ?? `method ${header.encryption}`;
    file.refuse({
      code: "encrypted",
      message: `it is encrypted (${method}) and cannot be read without its key`,
      expected: "an image that is not encrypted",
      found: method,
      todo: "Where the key is, convert it with qemu-img to a plain image, and open that.",
    });
  }
  if (header.compression > 1) {
    file.refuse({
      code: "compression",
      message: `its clusters are compressed by a method that is not known (${header.compression})`,
      expected: "0 (deflate) or 1 (zstd)",
      found: `${header.compression}`,
      todo: "Convert it with the program that wrote it.",
    });
  }
  const isExtended = (header.incompatible & EXTENDED_L2) !== 0n;
  if (isExtended && header.clusterBits < LEAST_EXTENDED_BITS) {
    file.damaged(
      `extended L2 entries with clusters of 2^${header.clusterBits} bytes`,
      `clusters of 2^${LEAST_EXTENDED_BITS} bytes or more`,
    );
  }
}

function refuseUnknown(file: ImageFile, bits: bigint, { featureNames }: Extensions): never {
  const names: string[] = [];
  for (let bit = 0; bit < 64; bit++) {
    if ((bits >> BigInt(bit)) & 1n) names.push(featureNames.get(bit) || `bit ${bit}`);
  }
  return file.refuse({
    code: "feature",
    message: `it needs a feature that is not known here: ${names.join(", ")}`,
    expected: "incompatible features 0 to 4",
    found: names.join(", "),
    todo: "Convert it with the program that wrote it.",
  });
}

/** What its writer said of its state, and does not keep it from being read. */
export function stateProblems(file: ImageFile, { incompatible }: Qcow2Header): ContainerProblem[] {
  const problems: ContainerProblem[] = [];
  if (incompatible & DIRTY) {
    problems.push(
      file.problem({
        code: "dirty",
        message:
          "it was not closed: its refcounts may be out of date, which does not matter for reading",
        expected: "the dirty bit is clear",
        found: "incompatible bit 0 is set",
        todo: "Nothing, if the machine is stopped. If it runs, copy the image after it has stopped.",
      }),
    );
  }
  if (incompatible & CORRUPT) {
    problems.push(
      file.problem({
        code: "corrupt",
        message: "qemu found it corrupt and marked it so: what is read from it may be wrong",
        expected: "the corrupt bit is clear",
        found: "incompatible bit 1 is set",
        todo: "Look at it with: qemu-img check IMAGE",
      }),
    );
  }
  return problems;
}
