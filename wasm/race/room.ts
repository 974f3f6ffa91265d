/**
 * Memory that is kept and used again. The core has no garbage collector, and an exploration runs
 * once for every position of a slider: each user of memory owns a Room, which only ever grows
 * (at least doubling, so all rooms together never waste more than they hold).
 */
@unmanaged
export class Room {
  base: usize;
  bytes: usize;
}

/** @returns at least `bytes` of memory; what the room held before is lost. */
export function room_take(room: Room, bytes: usize): usize {
  if (bytes > room.bytes) {
    const grown = max(bytes, room.bytes * 2);
    room.base = heap.alloc(grown);
    room.bytes = grown;
  }
  return room.base;
}

/** @returns at least `bytes` of memory, the first `kept` bytes as they were. */
export function room_grow(room: Room, bytes: usize, kept: usize): usize {
  const from = room.base;
  const to = room_take(room, bytes);
  if (to != from) memory.copy(to, from, kept);
  return to;
}
