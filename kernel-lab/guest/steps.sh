# What a job file can ask for. Files are relative to /work; sizes are in 512-byte sectors.
# An answer is "key value"; a key that repeats is a list.
say() { echo "$*" >&3; }
say_lines() { while read -r line; do say "$1 $line"; done; }

# begin ID: the first line of an answer. Setting the line's mode waits until all that was said has
# left: a guest that goes down in this job has lost nothing of those before it.
begin() {
  say begin "$1"
  stty -F /dev/ttyS1 raw
}

# Only device-mapper's own lines, and the one with which a process died in the kernel: the block
# layer names the process that happened to read. Time stamps go. (Under emulation a new process
# costs more than a few lines in the shell.)
kernel_lines() {
  dmesg -c | while read -r line; do
    line=${line#*] }
    case $line in
    "device-mapper: "*) say "$1 $line" ;;
    "kernel BUG at "*) say "crash ${line%!}" ;;
    esac
  done
}

# use_devices N: the snapshot under test, over two loop devices of its own.
use_devices() {
  first=$1
  snap=snap$1
  origin_device=/dev/loop$1
  cow_device=/dev/loop$(($1 + 1))
}
use_devices 0

# attach DEVICE FILE BLOCK_BYTES
attach() {
  losetup "$1" "$2"
  [ "$3" = 512 ] || set_block_size "$1" "$3"
}

# create_snapshot TARGET SECTORS TYPE CHUNK
create_snapshot() {
  dmesg -c >/dev/null
  dmsetup create $snap --table "0 $2 $1 $origin_device $cow_device $3 $4" 2>create.err
  created=$?
  say create_rc $created
  say_lines create_stderr <create.err
  kernel_lines dmesg
  return $created
}

say_status() {
  status=$(dmsetup status $snap)
  # "0 SECTORS TARGET STATUS"
  say "$1 ${status#* * * }"
}

# The whole snapshot device, in chunks of the size that the table settled on.
read_snapshot() {
  table=$(dmsetup table $snap)
  say table "$table"
  chunk_bytes=$((${table##* } * 512))
  say read_chunk_bytes $chunk_bytes
  sum=$(read_chunks /dev/mapper/$snap $chunk_bytes 2>ranges | sha256sum)
  say sha256 "${sum%% *}"
  say_lines unreadable <ranges
  kernel_lines dmesg_read
}

# What differs between a store and its copy that was activated.
say_changes() {
  cmp -s "$1" "$2" && return
  sum=$(sha256sum "$2")
  say cow_sha256_after "${sum%% *}"
  changed_sectors "$1" "$2" | say_lines changed
}

# activate ID COW ORIGIN ORIGIN_SECTORS TABLE_CHUNK BLOCK_BYTES: the verdict on one store.
activate() {
  begin "$1"
  cp "$2" live.cow
  attach $origin_device "$3" "$6"
  attach $cow_device live.cow "$6"
  if create_snapshot snapshot "$4" P "$5"; then
    say_status status
    read_snapshot
    say_status status_after_read
    dmsetup remove $snap
  fi
  if detach; then say_changes "$2" live.cow; fi
  rm live.cow
  end "$1"
}

# detach: gives back the loop devices, unless dmsetup died in the kernel, holding them: then the next
# store is asked over others.
detach() {
  if [ $created -gt 128 ]; then
    use_devices $((first + 2))
    return 1
  fi
  losetup -d $cow_device
  losetup -d $origin_device
}

# end ID: the last line of an answer.
end() {
  say end "$1"
  # A device that could not be taken down would answer for the next store: start afresh.
  [ ! -e /dev/mapper/$snap ] || reboot -f
}

# merge ID COW ORIGIN ORIGIN_SECTORS TABLE_CHUNK BLOCK_BYTES: what merging one store comes to.
merge() {
  begin "$1"
  cp "$2" live.cow
  cp "$3" live.origin
  truncate -s $(($4 * 512)) live.origin
  attach $origin_device live.origin "$6"
  attach $cow_device live.cow "$6"
  if create_snapshot snapshot-merge "$4" P "$5"; then
    wait_for_merge
    kernel_lines dmesg
    say_status status
    dmsetup remove $snap
  fi
  if detach; then
    for file in cow origin; do
      sum=$(sha256sum live.$file)
      say ${file}_sha256_after "${sum%% *}"
    done
  fi
  rm live.cow live.origin
  end "$1"
}

# The merge has stopped: failed, or twice with no more sectors in use than metadata take (a table
# whose chunks all lie low begins so). Else, after 20 seconds, the status says how far it came.
wait_for_merge() {
  tries=0
  before=
  while [ $tries -lt 100 ]; do
    status=$(dmsetup status $snap)
    case $status in
    *" Merge failed" | *" Invalid") return ;;
    esac
    used=${status#* * * }
    [ "${used%%/*}" != "${used##* }" ] || [ "$status" != "$before" ] || return
    before=$status
    tries=$((tries + 1))
    sleep 0.2
  done
}

# new_store ID ORIGIN ORIGIN_SECTORS COW_SECTORS CHUNK: a snapshot over an empty COW device,
# and the origin above it, so that writes to both are seen.
new_store() {
  begin "$1"
  mkdir -p "results/$1"
  cp "$2" "results/$1/origin.img"
  truncate -s $(($4 * 512)) "results/$1/cow.img"
  attach $origin_device "results/$1/origin.img" 512
  attach $cow_device "results/$1/cow.img" 512
  create_snapshot snapshot "$3" P "$5"
  dmsetup create orig --table "0 $3 snapshot-origin $origin_device"
}

# write_to snap|orig TAG START COUNT [START COUNT ...]
write_to() {
  case $1 in snap) target=$snap ;; *) target=$1 ;; esac
  shift
  write_sectors "/dev/mapper/$target" "$@" | say_lines writes
}

# keep_store ID: what the kernel left.
keep_store() {
  say_status status
  dmsetup remove $snap
  dmsetup remove orig
  losetup -d $cow_device
  losetup -d $origin_device
  say end "$1"
}
