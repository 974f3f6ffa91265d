import { findStores, layersIn as layersOf, type Machine } from "../container/find.ts";
import type { Looking } from "../container/looking.ts";
import { WRAPPERS } from "../container/wrappers.ts";
import { looksLikeStore } from "../engine/check/store-likeness.ts";
import { allShown } from "./image-names.ts";
import { ImageError } from "./image-problem.ts";
import type { OpenFiles } from "./open-files.ts";

/** What is in the files, which are all of one machine. @throws ImageError */
export async function machineIn(
  files: OpenFiles,
  compiled: WebAssembly.Module,
  partial: boolean,
): Promise<Machine> {
  try {
    const machine = await findStores(files.named, lookingInto(files, compiled, partial));
    // What could not be had of one file must not pass for a disk with nothing in it.
    files.assertUnchanged();
    return machine;
  } catch (error) {
    throw ImageError.of(error, allShown(files.paths));
  }
}

/**
 * What is in one image, if it is more than a store or an origin by itself; null where it is not, or
 * where its start cannot be read: the check says why. @throws ImageError
 */
export async function layersIn(
  files: OpenFiles,
  compiled: WebAssembly.Module,
  partial: boolean,
): Promise<Machine | null> {
  const [file] = files.named;
  try {
    const machine = file ? await layersOf(file, lookingInto(files, compiled, partial)) : null;
    files.assertUnchanged();
    return machine;
  } catch (error) {
    throw ImageError.of(error, allShown(files.paths));
  }
}

const lookingInto = (
  files: OpenFiles,
  compiled: WebAssembly.Module,
  partial: boolean,
): Looking => ({
  wrappers: WRAPPERS,
  partial,
  beside: (name) => files.beside(name),
  isStore: (source) => looksLikeStore(compiled, source),
});
