import { parseStoreOptions, type StoreArguments } from "./check-options.ts";
import { UsageError } from "./usage.ts";

export interface FilesArguments extends Omit<StoreArguments, "operands" | "values"> {
  /** One, or all disks of a machine. */
  images: string[];
  /** null: the one that the volume group names. */
  origin: string | null;
  /** The directory whose files are listed. */
  path: string;
  /** null: the files are listed. */
  extract: { path: string; out: string } | null;
}

/** @throws UsageError */
export function parseFilesArguments(args: string[]): FilesArguments {
  const own = ["origin", "path", "extract", "out"];
  const { operands, values, ...rest } = parseStoreOptions(args, own);
  if (operands.length === 0) throw new UsageError("name an image");
  if (operands.length > 1 && rest.store === null) {
    throw new UsageError("name one image, or with --store NAME all disks of one machine");
  }
  for (const name of own) {
    if (values.get(name) === "") throw new UsageError(`--${name} needs a value`);
  }
  const path = values.get("extract");
  const out = values.get("out");
  if ((path === undefined) !== (out === undefined)) {
    throw new UsageError("--extract PATH and --out FILE go together");
  }
  if (path !== undefined && values.has("path")) {
    throw new UsageError("--path lists a directory, --extract writes a file: name one");
  }
  return {
    ...rest,
    images: operands,
    origin: values.get("origin") ?? null,
    path: values.get("path") ?? "/",
    extract: path === undefined || out === undefined ? null : { path, out },
  };
}
