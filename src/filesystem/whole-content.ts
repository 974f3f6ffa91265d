import type { Device } from "./device.ts";
import type { FileSystem, Inode, Trail } from "./file-system.ts";

/** All of a small file in memory. @throws Invalid, SourceError */
export async function wholeContent(
  device: Device,
  system: Pick<FileSystem, "pieces">,
  inode: Inode,
  trail: Trail,
): Promise<Uint8Array> {
  const content = new Uint8Array(Number(inode.size));
  for await (const { at, length, offset, bytes } of system.pieces(inode, trail)) {
    content.set(bytes ?? (await device.read(offset ?? 0, length)), Number(at));
  }
  return content;
}
