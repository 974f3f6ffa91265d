import type { NamedOrigin } from "../engine/snapshot/snapshot-store.ts";
import type { Typed } from "../explain/repair/commands.ts";
import { copyOf, extractCommand } from "../explain/repair/whence.ts";
import { NO_SETTING, type StoreSetting } from "../protocol/machine.ts";
import type { NamedFile } from "../protocol/store-service.ts";
import type { BlockSource } from "../source/block-source.ts";
import { localBlobs, typedName } from "./files.ts";

/** An image to be checked: a file, or what was found in some. */
export interface Image {
  name: string;
  source: BlockSource;
  /** The files of this machine that its bytes lie in: never to be written to. */
  inputs: readonly Blob[];
  setting: StoreSetting;
  /** The origin it is paired with; null where none is known, or it cannot be read. */
  origin: NamedOrigin | null;
  /** Whether it is a bundle, in which its data is not. */
  packed: boolean;
  /** How a person has its bytes, and the copy that is made of them. */
  whence: () => Promise<Typed>;
}

/** A file that is the image itself. */
export const imageOfFile = (file: NamedFile, source: BlockSource): Image => ({
  name: file.name,
  source,
  inputs: localBlobs([file]),
  setting: NO_SETTING,
  origin: null,
  packed: false,
  whence: async () => {
    const copy = copyOf(file.name);
    if ("blob" in file) return { from: { kind: "image", image: file.name }, copy };
    return {
      from: { kind: "command", command: extractCommand([typedName(file)], null, copy) },
      copy,
    };
  },
});
