import {
  EXCEPTION_BYTES,
  EXCEPTION_NEW,
  EXCEPTION_OLD,
  HEADER_CHUNK_SIZE,
  HEADER_MAGIC,
  HEADER_VALID,
  HEADER_VERSION,
} from "./disk_format";

/** Bytes made of numbers, for whoever writes a store: the mirror of what the core reads. */

/** write_header(): the 16 bytes at `at`. @param chunk_size in sectors. */
export function put_header(at: usize, magic: u32, valid: u32, version: u32, chunk_size: u32): void {
  store<u32>(at + HEADER_MAGIC, magic);
  store<u32>(at + HEADER_VALID, valid);
  store<u32>(at + HEADER_VERSION, version);
  store<u32>(at + HEADER_CHUNK_SIZE, chunk_size);
}

/** write_exception(), `count` times: entries from `at` on, both chunks one higher each time. */
export function put_exceptions(at: usize, old_chunk: u64, new_chunk: u64, count: u32): void {
  for (let i: u32 = 0; i < count; i++) {
    const entry = at + <usize>i * EXCEPTION_BYTES;
    store<u64>(entry + EXCEPTION_OLD, old_chunk + i);
    store<u64>(entry + EXCEPTION_NEW, new_chunk + i);
  }
}
