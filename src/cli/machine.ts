import { findStores, type Machine, mayHoldLayers } from "../container/find.ts";
import { WRAPPERS } from "../container/wrappers.ts";
import { storeLikeness } from "../engine/check/store-likeness.ts";
import { SourceError } from "../source/block-source.ts";
import { ImageError } from "./image-problem.ts";
import type { OpenFiles } from "./open-files.ts";

/** What is in the files, which are all of one machine. @throws ImageError */
export async function machineIn(
  files: OpenFiles,
  compiled: WebAssembly.Module,
  partial: boolean,
): Promise<Machine> {
  try {
    return await findStores(files.named, {
      wrappers: WRAPPERS,
      partial,
      beside: (name) => files.beside(name),
      isStore: async (source) => {
        const likeness = await storeLikeness(compiled, source);
        return likeness === "magic" || likeness === "areas";
      },
    });
  } catch (error) {
    throw ImageError.of(error, files.paths.join(", "));
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
  const [source] = files.sources;
  try {
    if (!source || !(await mayHoldLayers(source, WRAPPERS))) return null;
  } catch (error) {
    if (error instanceof SourceError) return null;
    throw error;
  }
  const machine = await machineIn(files, compiled, partial);
  const { nodes, problems } = machine.tree;
  return nodes.length > 1 || problems.some(({ refused }) => refused) ? machine : null;
}
