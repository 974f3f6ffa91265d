import { parseStoreOptions, type StoreArguments } from "./check-options.ts";
import { UsageError } from "./usage.ts";

export interface SnapshotArguments extends Omit<StoreArguments, "operands" | "values"> {
  /** One, or all disks of a machine. */
  images: string[];
  /** null: the one that the volume group names. */
  origin: string | null;
  out: string | null;
}

/** @throws UsageError */
export function parseSnapshotArguments(args: string[]): SnapshotArguments {
  const { operands, values, ...rest } = parseStoreOptions(args, ["origin", "out"]);
  if (operands.length === 0) throw new UsageError("name an image");
  if (operands.length > 1 && rest.store === null) {
    throw new UsageError("name one image, or with --store NAME all disks of one machine");
  }
  const origin = values.get("origin") ?? null;
  return { ...rest, images: operands, origin, out: values.get("out") ?? null };
}
