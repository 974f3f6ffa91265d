import type { StoreLayout } from "../../protocol/store-service.ts";
import type { Core } from "../core.ts";

/** Where the fields lie, as the core knows it. @param chunkSize in sectors. */
export function storeLayout(core: Core, chunkSize: number): StoreLayout {
  const field = (name: string, offset: { value: number }, length: number) => ({
    name,
    offset: offset.value,
    length,
  });
  return {
    headerFields: [
      field("magic", core.HEADER_MAGIC, 4),
      field("valid", core.HEADER_VALID, 4),
      field("version", core.HEADER_VERSION, 4),
      field("chunk_size", core.HEADER_CHUNK_SIZE, 4),
    ],
    exceptionFields: [
      field("old_chunk", core.EXCEPTION_OLD, 8),
      field("new_chunk", core.EXCEPTION_NEW, 8),
    ],
    exceptionBytes: core.EXCEPTION_BYTES.value,
    chunkBytes: chunkSize * 512,
    exceptionsPerArea: core.exceptions_per_area(chunkSize),
  };
}
