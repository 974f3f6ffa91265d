# What people have today: the loop of lvmsync, one 16-byte read and unpack at a time.
File.open(ARGV[0], "rb") do |cow|
  _magic, _valid, _version, chunk_size = cow.read(16).unpack("VVVV")
  chunk_bytes = chunk_size * 512
  per_area = chunk_bytes / 16
  exceptions = {}
  area = 0
  loop do
    cow.seek((1 + area * (per_area + 1)) * chunk_bytes)
    ended = false
    per_area.times do
      old_chunk, new_chunk = cow.read(16).unpack("Q<Q<")
      if new_chunk == 0
        ended = true
        break
      end
      exceptions[old_chunk] = new_chunk
    end
    break if ended
    area += 1
  end
  puts exceptions.length
end
