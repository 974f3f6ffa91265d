/** A call that cannot be understood: one sentence on stderr, exit code 1. */
export class UsageError extends Error {}

export const USAGE = `cowscope: checks and explains persistent dm-snapshot COW stores

  cowscope check [options] IMAGE…   reads each store and reports
  cowscope snapshot [options] IMAGE --origin ORIGIN [--out FILE]
                                    what the kernel would read from the snapshot device
  cowscope race PARAMS [options]    every interleaving of the header race, counted; PARAMS is JSON

Options of race
  --witness NAME       the schedule with the fewest thread switches that ends so
  --image IN --out OUT writes IN as that schedule leaves it behind, to a copy

Options of check
  --table-chunk N      chunk size in the table line, in sectors; 0 = none given
                       (default: the header's own if the kernel would accept it, else 0)
  --origin-sectors N   size of the origin in sectors
  --block-size BYTES   logical block size of both devices (default 512)
  --kernel AGE         which kernel activates it: a release, or an age (default modern)
  --json               the report as JSON, one object a line

Exit codes
  0  it activates and nothing is wrong       2  damaged, refused or invalid
  1  the check could not be done             3  it activates, with harmless oddities only
`;
