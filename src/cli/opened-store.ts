import type { Machine } from "../container/find.ts";
import { emptyImage } from "../engine/problems.ts";
import type { NamedOrigin } from "../engine/snapshot/snapshot-store.ts";
import type { CheckOptions } from "../protocol/check.ts";
import { checkOptionsOf, imageName, settingOf } from "../protocol/found-store.ts";
import {
  type FoundOrigin,
  type FoundStore,
  NO_SETTING,
  type StoreSetting,
} from "../protocol/machine.ts";
import type { BlockSource } from "../source/block-source.ts";
import { incomplete } from "./found-store.ts";
import { allShown, nameOf, shown } from "./image-names.ts";
import { ImageError } from "./image-problem.ts";
import { layersIn, machineIn } from "./machine.ts";
import type { OpenFiles } from "./open-files.ts";
import { pickStore } from "./store-names.ts";
import { UsageError } from "./usage.ts";

/** The one store that a command is about. */
export interface OpenedStore {
  /** For sentences. */
  name: string;
  /** As a report names it. */
  reportName: string;
  source: BlockSource;
  /** As they were given, with what the volume group says beside them. */
  options: CheckOptions;
  setting: StoreSetting;
  /** null: the file itself is the store. */
  found: { store: FoundStore; machine: Machine } | null;
}

/** Which one, how far it must be there, and how it is checked. */
export interface Wanted {
  options: CheckOptions;
  store: string | null;
  partial: boolean;
}

/** @throws ImageError that says why there is none, or names those there are. */
export async function openStore(
  files: OpenFiles,
  compiled: WebAssembly.Module,
  { store: asked, partial, options }: Wanted,
): Promise<OpenedStore> {
  const [path = "", ...more] = files.paths;
  const [file] = files.sources;
  const alone = asked === null && more.length === 0;
  if (alone && (!file || file.size === 0)) throw new ImageError(emptyImage(shown(path)));
  const machine = alone
    ? await layersIn(files, compiled, partial)
    : await machineIn(files, compiled, partial);
  if (machine === null && file) {
    const names = { name: shown(path), reportName: nameOf(path) };
    return { ...names, source: file, options, setting: NO_SETTING, found: null };
  }
  if (machine === null) throw new ImageError(emptyImage(shown(path)));
  const store = pickStore(machine.tree, asked, allShown(files.paths));
  const source = machine.sources.get(store.node);
  if (!source) throw new ImageError(incomplete(store));
  const name = imageName(store);
  return {
    name,
    reportName: name,
    source,
    options: checkOptionsOf(store, options),
    setting: settingOf(store),
    found: { store, machine },
  };
}

/** The origin that the volume group pairs with a store. @throws UsageError where there is none. */
export function pairedOrigin({ name, found }: OpenedStore): NamedOrigin {
  const origin = found?.store.origin;
  if (!found || !origin) {
    throw new UsageError(`--origin ORIGIN is needed: nothing says which origin ${name} belongs to`);
  }
  const source = found.machine.sources.get(origin.node);
  if (!source || !origin.readable) {
    throw new UsageError(
      `--origin ORIGIN is needed: the origin ${origin.name} cannot be read, ${whyNot(found.machine, origin)}`,
    );
  }
  return { name: origin.name, source };
}

/** What lies beside the store in the same disks, as find names it; null where nothing is called so. */
export function originInside({ found }: OpenedStore, name: string): NamedOrigin | null {
  const other = found?.machine.tree.others.find((one) => one.name === name);
  const source = other && found?.machine.sources.get(other.node);
  return source ? { name, source } : null;
}

/** Why an origin cannot be read, as the end of a sentence. */
export function whyNot({ tree }: Machine, { node }: FoundOrigin): string {
  return tree.nodes[node]?.why ?? "not all of it is in the files given";
}
