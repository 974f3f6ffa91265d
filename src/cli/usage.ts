/** A call that cannot be understood: one sentence on stderr, exit code 1. */
export class UsageError extends Error {}

/** Every command's line, in the order in which they are listed. */
const CALLS = {
  check: `  cowscope check [options] IMAGE…   reads each store and reports
`,
  snapshot: `  cowscope snapshot [options] IMAGE [--origin ORIGIN] [--out FILE]
                                    what the kernel would read from the snapshot device
`,
  files: `  cowscope files [options] IMAGE [--origin ORIGIN] [--path DIR | --extract PATH --out FILE]
                                    the files of the snapshot, and which of them damage touches
`,
  find: `  cowscope find [options] DISK…     the stores inside the disks of one machine
`,
  extract: `  cowscope extract DISK… --store NAME [--origin] --out FILE
                                    the bytes of a store's COW device, or of its origin
`,
  repair: `  cowscope repair [options] IMAGE [--level boot|salvage|surgical] [--out FILE]
                                    what can be done for it, or a repaired copy
`,
  rescue: `  cowscope rescue [options] IMAGE [--out FILE]
                                    what an invalidated store still holds of its origin
`,
  mapfile: `  cowscope mapfile [options] DISK --out FILE
                                    what of a failing disk ddrescue should save first
`,
  dump: `  cowscope dump [options] IMAGE [--format xml|json]
                                    header and exceptions as text, to change or to keep
`,
  restore: `  cowscope restore DUMP --out FILE  a store with the header and areas that a dump tells of
`,
  pack: `  cowscope pack [options] IMAGE --out FILE
                                    header and areas alone, without data, for a ticket
`,
  diff: `  cowscope diff [options] A B       two stores compared by mapping, not by byte
`,
  lookup: `  cowscope lookup [options] IMAGE --origin-offset N | --cow-offset N | … | --damage
                                    what lies at a place of either device, and which bytes damage costs
`,
  log: `  cowscope log [FILE…]              what console logs say of snapshots, and what a check will find
`,
  race: `  cowscope race PARAMS [options]    every interleaving of the header race, counted; PARAMS is JSON
`,
};

export type CommandName = keyof typeof CALLS;

const STORE_OPTIONS = `  --table-chunk N      chunk size in the table line, in sectors; 0 = none given
                       (default: what the volume group says of a store found
                       in one; else the header's own if today's kernel would
                       accept it, else what fits the bytes best, else 8)
  --origin-sectors N   size of the origin in sectors
  --block-size BYTES   logical block size of both devices (default 512)
  --kernel AGE         which kernel activates it: a release, or an age (default modern)
  --store NAME         which store, as cowscope find names it; all files are
                       then disks of one machine
  --partial            read also what is cut off, as far as it is there
  --mapfile FILE       GNU ddrescue's, of the image: what is not rescued is a hole, and no zeros
                       (check, rescue, repair, dump, find, extract)
  --json               the report as JSON, one object a line
`;

const DISK_WORDS = `A disk is a file, a block device or an address: a bare store, a disk with partitions or LVM, or
either in a disk image. A store's name is VG/LV, or “partition N”, or the file's name; where two would be the
same, what they lie in stands in front, joined by “:”. Any ending that only one has will do.
`;

const CHECK_OPTIONS = `  --format FORMAT      text, json, markdown or html: the last two are one document of all stores for a
                       ticket (docs/ticket.md), on stdout
  --files-from FILE    check also the images that FILE names, one a line, or between zero bytes
                       as find -print0 writes them; - reads stdin
  --jobs N             work on N images at a time (default: the cores; of fewer than 16
                       images of which no two have 256 MiB: one, which is done sooner)
  --shard I/N          check only every N-th image of the list, from the I-th on (0/N to N-1/N)
  --exit checked       exit code 0 once everything is checked and said, whatever it is: for what
                       repeats a call that failed (docs/fleet.md). An empty list is then no fault
  --max-bytes N        read at most N bytes of an image
  --timeout SECONDS    work on an image no longer than that
  --max-findings N     list at most the N worst findings of a store (findingCounts has all of them)
                       An image that meets a limit of bytes or time has a "problem" in its line
                       (limit.bytes, limit.time) and exit code 1; the others are checked
`;

const EXIT_CODES = `
Exit codes
  0  it activates and nothing is wrong       2  damaged, refused or invalid
  1  the check could not be done             3  it activates, with harmless oddities only
`;

/** What `cowscope help COMMAND` prints below that line. */
const DETAILS: Record<CommandName, string> = {
  check: `Options
${STORE_OPTIONS}${CHECK_OPTIONS}
IMAGE is a file, a block device or an address (https://…, of a server that sends ranges); it is only
read: a bare store, or a disk, of which every store is checked. - is stdin, read to its end: up to
1 GiB that is not zeros, packed or not. Options end at --. Of several images the exit code is 1 if
any could not be checked, else 2, else 3. With --json every store gives one line, in the order given; what cannot be checked has a
"problem" in it.
${EXIT_CODES}`,
  snapshot: `Options
  --origin ORIGIN      the origin's file, block device or address, as it is now; only read
                       (default: the one that the volume group names, where the
                       store was found in one); or what find calls it, in the same disks
  --out FILE           writes what the snapshot device holds; without it, it is only hashed. Until
                       it is whole it is called FILE.part; if it is stopped, that is what is left
${STORE_OPTIONS}${EXIT_CODES}`,
  files: `Options
  --origin ORIGIN      as for snapshot: the one that the volume group names, where none is given
  --path DIR           only what is below this directory of the snapshot
  --extract PATH       one file instead of the list; <N> is the file of inode N
  --out FILE           where that file goes; it may be no symlink, and no input is ever written to
${STORE_OPTIONS}
It reads ext2, ext3, ext4 and XFS that begin with the volume. Journals and logs are not replayed (as
after mount -o ro,noload or ro,norecovery); symlinks are not followed. A file is whole, touched by
damage, or unknown (docs/files.md). With --partial a file is extracted with zeros for what cannot be
read. --json is one object, with all files in it.

Exit codes
  0  every file is whole                     2  some are touched by damage or unknown
  1  it could not be done
`,
  find: `Options
  --partial            look also into what is cut off, as far as it is there
  --json               as JSON, with where each store's bytes lie

${DISK_WORDS}
Exit codes
  0  stores were found, and all is there     2  found, but something is missing or damaged
  1  it could not be done                    3  no store is in it
`,
  extract: `Options
  --store NAME         which store; not needed where there is but one
  --origin             its origin instead of its COW device
  --out FILE           where to; zeros are left out as holes, and no input is ever written to
  --partial            write zeros in place of what is missing (exit code 2)
  --json               what was written, as JSON

${DISK_WORDS}
Exit code 0, or 1 with one sentence on stderr, or 2 where something is missing.
`,
  repair: `Options
  --level LEVEL        boot: the machine boots, the snapshot shows as invalid; salvage: a right header,
                       the snapshot is read; surgical: that, and a table without damage
  --out FILE           writes a repaired copy and prints its report; without it, the plan: what each
                       level brings, loses and risks, its bytes, commands that do the same, and
                       how the copy is then read, or put back
${STORE_OPTIONS}
IMAGE is only read, whatever is asked. Without --out the exit code is that of the image as it is, with
it that of the copy.
${EXIT_CODES}`,
  rescue: `Options
  --out FILE           writes what is known as an image of the origin, with holes where nothing is
  --format FORMAT      text, json (as --json), or mapfile: GNU ddrescue's, of that image
${STORE_OPTIONS}
At your own risk, which it says first: what a chunk is worth whose exception is still there, and that of
all others nothing is known. The size of the image is that of --origin-sectors or of the volume group's
origin, else up to the last chunk that is known. docs/rescue.md has the JSON.

Exit codes
  0  every exception could be followed       2  some could not, or there is none
  1  it could not be done
`,
  mapfile: `Options
  --out FILE           the domain mapfile, for ddrescue --domain-mapfile
  --mapfile FILE       ddrescue's own, of DISK, as far as it has come
  --metadata           without the data chunks: what a check reads of it, and no more
${STORE_OPTIONS}
DISK is the copy that ddrescue makes, as far as it has come, or the disk itself. In the mapfile is what
cowscope reads to find and to check its stores (partition tables, LVM's metadata, headers, metadata
areas), whether it is there yet or not, and then the data chunks that exceptions name. Of several disks
of one machine it is about the first. docs/ddrescue.md has the whole way.

Exit code 0; 2 where something that matters could not be read yet; 1 with one sentence on stderr.
`,
  dump: `Options
  --format xml|json    xml by default; docs/dump.md says what stands in it
${STORE_OPTIONS}
It is written to stdout. Data chunks are not in it, everything else is: what the kernel passes over
in chunk 0 and in the areas, too. Exit code 0, or 1 with one sentence on stderr.
`,
  restore: `DUMP is what dump wrote, - is stdin. FILE gets the header and the areas byte for byte, and zeros where
data was. Exit code 0, or 1 with one sentence on stderr.
`,
  pack: `Options
  --out FILE           the bundle: a sparse qcow2 that every command opens like IMAGE, with the same
                       report; no input is ever written to
  --keep-slack         keeps bytes that the kernel passes over as they are: behind the header, and
                       behind an area's last exception
  --keep-names         keeps the names of the image, the volume group and the volume; they are hashed
                       otherwise
${STORE_OPTIONS}
Data chunks are not in it, only which bytes of them that a check looks at are zero, unless the report
rests on more, which is then said; docs/pack.md has what is in it. With --json the ranges that are in it, as
JSON. Exit code 0, or 1 with one sentence on stderr.
`,
  diff: `A chunk is the same where both stores map it to the same COW chunk; what that holds is not read.

Options
${STORE_OPTIONS}
Exit code 0 they are the same, 1 they differ, 2 it could not be done (as diff(1), unlike check).
`,
  lookup: `One place, counted from 0, in decimal or behind 0x in hexadecimal; a sector has 512 bytes:
  --origin-offset N    a byte of the origin: which exception stands for it, which data chunk it lies
  --origin-sector N    in, and what a read of the snapshot comes to under this kernel; of several
  --origin-chunk N     exceptions for a chunk, which one the kernel finds
  --cow-offset N       a byte of the COW device: header, metadata, free, or the data of which part of
  --cow-sector N       the origin
  --cow-chunk N
  --damage             in place of one: the bytes of the origin that damage costs, as ranges

Options
${STORE_OPTIONS}
docs/lookup.md has the JSON. Exit code 0, or 1 with one sentence on stderr; of --damage 2 where
something is lost.
`,
  log: `FILE is dmesg, journal, syslog or serial console text; stdin without one, or for -. It says what each
message of the snapshot driver, LVM, dmsetup and dracut means, and which findings it points to.

Options
  --image IMAGE        holds the log to this store: does it bear the messages out? Asked under the
                       kernel that the log names, unless --kernel names one
${STORE_OPTIONS}
Exit codes
  0  nothing of snapshots in it              2  it tells of a problem
  1  a file could not be read                3  it tells of harmless oddities only
`,
  race: `Options
  --witness NAME       the schedule with the fewest thread switches that ends so
  --image IN --out OUT writes IN as that schedule leaves it behind, to a copy

What is left out of PARAMS has these values:
  {"fix":"before","storeBytes":8,"ioCopy":"words","index":0,"entriesPerArea":256,"copies":1,
   "pendingAfter":0,"chunkSize":8,"exceptions":[["7","2"]],"entry0":["3","2"]}

Exit code 0, or 1 with one sentence on stderr.
`,
};

export const isCommand = (name: string): name is CommandName => Object.hasOwn(CALLS, name);

/** What `cowscope help COMMAND` prints. */
export const helpOf = (name: CommandName): string => `${CALLS[name]}\n${DETAILS[name]}`;

export const USAGE = `cowscope: checks and explains persistent dm-snapshot COW stores

${Object.values(CALLS).join("")}  cowscope help COMMAND             its options
  cowscope --version
${EXIT_CODES}`;
