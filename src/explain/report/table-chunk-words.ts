import type { TableChunkFrom } from "../../protocol/report.ts";

/** What the table line's chunk size is, for whoever is asked for it. */
export const TABLE_CHUNK_HINT = "Chunk size that LVM uses (`lvs -o chunk_size`), 0 for none.";

/** Whose the table line's chunk size is, as the end of a sentence. */
export const TABLE_CHUNK_FROM_WORDS: Record<TableChunkFrom, string> = {
  given: "as given",
  lvm: "from the volume group’s metadata",
  header: "from the header",
  inferred: "inferred from the metadata areas",
  default: "LVM’s default, since nothing tells",
};
