import { checkStore } from "../engine/check/check.ts";
import { diffStores, type Side } from "../engine/diff/diff-stores.ts";
import {
  cancelled,
  comparedSeveral,
  comparedWithNone,
  emptyImage,
  problemOf,
} from "../engine/problems.ts";
import { TableTooLarge } from "../engine/read/read-areas.ts";
import { makeReport } from "../explain/report/report.ts";
import { type CheckOptions, DEFAULT_OPTIONS, type Progress } from "../protocol/check.ts";
import type { DiffReport } from "../protocol/diff.ts";
import { checkOptionsOf } from "../protocol/found-store.ts";
import { failure, type Result, success } from "../protocol/problem.ts";
import type { NamedBlob } from "../protocol/store-service.ts";
import { BlobSource } from "../source/blob-source.ts";
import { HeldMachine } from "./held-machine.ts";
import { type Image, imageOfFile } from "./image.ts";
import type { OpenStore } from "./open-store.ts";

interface CompareHooks {
  /** May throw, as whenever bytes of the other file are read. */
  beforeRead(): void;
  /** false cancels. */
  afterBatch(progress: Progress): boolean;
}

/**
 * The open store held to the one in another file, as `cowscope diff` does. What lies in a disk is
 * found first; it must be one store. @throws SourceError
 */
export async function compare(
  compiled: WebAssembly.Module,
  open: OpenStore,
  file: NamedBlob,
  hooks: CompareHooks,
): Promise<Result<DiffReport>> {
  if (file.blob.size === 0) return failure(emptyImage(file.name));
  const left: Side = { name: open.image.name, checked: open.checked };
  const { tableChunk, blockSize } = left.checked.facts.options;
  const other = await otherImage(
    compiled,
    file,
    { ...DEFAULT_OPTIONS, tableChunk, blockSize },
    hooks,
  );
  if (!other.ok) return other;
  const { image, options } = other.value;
  const checked = await checkStore(compiled, image.source, options, true, hooks);
  if (!checked) return failure(cancelled(file.name));
  const right: Side = { name: image.name, checked };
  for (const {
    name,
    checked: { facts, rowsKept },
  } of [left, right]) {
    const { verdict } = makeReport(name, facts);
    if (verdict.id === "not-a-store") return failure(comparedWithNone(name, verdict.title));
    if (facts.header === null) {
      return failure(comparedWithNone(name, "it is too short for a header"));
    }
    if (!rowsKept) return failure(problemOf(new TableTooLarge(facts.exceptions), name));
  }
  return success(diffStores(left, right));
}

async function otherImage(
  compiled: WebAssembly.Module,
  file: NamedBlob,
  options: CheckOptions,
  { beforeRead }: CompareHooks,
): Promise<Result<{ image: Image; options: CheckOptions }>> {
  const source = new BlobSource(file.blob, beforeRead);
  const held = await HeldMachine.find([file], [source], compiled, beforeRead, () => {});
  if (!held) return success({ image: imageOfFile(file, source), options });
  const [store, ...more] = held.machine.tree.stores;
  if (!store) return failure(comparedWithNone(file.name, "no store was found in it"));
  if (more.length > 0) {
    return failure(
      comparedSeveral(
        file.name,
        [store, ...more].map(({ name }) => name),
      ),
    );
  }
  const found = held.imageAt(store.node);
  if (!found) throw new Error("a store that was found is not there");
  return success({ image: found.image, options: checkOptionsOf(store, options) });
}
