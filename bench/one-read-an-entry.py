"""What people have today: the loop of lvmsync, one 16-byte read and unpack at a time."""
import struct
import sys

with open(sys.argv[1], "rb") as cow:
    magic, valid, version, chunk_size = struct.unpack("<IIII", cow.read(16))
    chunk_bytes = chunk_size * 512
    per_area = chunk_bytes // 16
    exceptions = {}
    area = 0
    ended = False
    while not ended:
        cow.seek((1 + area * (per_area + 1)) * chunk_bytes)
        for _ in range(per_area):
            old_chunk, new_chunk = struct.unpack("<QQ", cow.read(16))
            if new_chunk == 0:
                ended = True
                break
            exceptions[old_chunk] = new_chunk
        area += 1
print(len(exceptions))
