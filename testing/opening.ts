import { diskImages } from "../src/container/disk-images.ts";
import type { Wrapper } from "../src/container/wrapper.ts";
import { type DiskFile, diskFiles, diskRow } from "./disk-rows.ts";
import { openFirst, wrapperFor } from "./handed-over.ts";

/** What lies in the first of these files; a test that gets here with one that is refused is wrong. */
export async function openedOf(
  files: readonly DiskFile[],
  partial = false,
  wrapper: Wrapper = wrapperFor(diskImages, files),
) {
  const answer = await openFirst(wrapper, files, partial);
  if (!answer.ok) throw new Error(answer.problem.message);
  return answer.value;
}

/** Why the first of these files is refused. */
export async function refusalOf(
  files: readonly DiskFile[],
  wrapper: Wrapper = wrapperFor(diskImages, files),
) {
  const answer = await openFirst(wrapper, files);
  if (answer.ok) throw new Error("it was opened");
  return answer.problem;
}

/** The first file of a row. */
export function rowFile(id: string): DiskFile {
  const [first] = diskFiles(diskRow(id));
  if (!first) throw new Error(`${id} has no file`);
  return first;
}

/** sha256 of the disk in a row. */
export function innerOf(id: string): string | undefined {
  return diskRow(id).inner?.[0]?.sha256;
}

/** A little or big endian number of 1 to 8 bytes, as it stands in a header. */
export function put(
  bytes: Uint8Array,
  at: number,
  value: number | bigint,
  length: number,
  little: boolean,
) {
  for (let i = 0; i < length; i++) {
    const place = little ? at + i : at + length - 1 - i;
    bytes[place] = Number((BigInt(value) >> BigInt(8 * i)) & 0xffn);
  }
}
