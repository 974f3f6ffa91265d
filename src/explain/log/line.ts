/** Longer lines are cut: no message that is looked for is longer. */
const MOST_OF_A_LINE = 2000;

/** What a terminal or a serial console adds to a line: control characters, colours. */
const TERMINAL = /\p{Cc}\[[0-9;?]*[A-Za-z]|\p{Cc}/gu;

/**
 * What stands before the message itself: a log level (<4>), the time since boot ("[    5.77]",
 * "[T123]"), a date as dmesg -T, journalctl and syslog write it, the host, and who said it
 * ("kernel:", "dmeventd[123]:").
 */
const BEFORE = [
  /^<\d+>\s*/,
  /^\[[^\]]{1,40}\]\s*/,
  /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d\S*\s+/,
  /^[A-Z][a-z]{2}\s+\d{1,2}\s+\d\d:\d\d:\d\d(\.\d+)?\s+/,
  /^(?!device-mapper:|snapshots:|snapshot:)\S{1,64}\s+(kernel|dmeventd|lvm|dracut-[\w-]+|systemd)(\[\d+\])?:\s*/,
  /^(kernel|dmeventd|lvm)(\[\d+\])?:\s*/,
];

/** The message of a line, without what a console, syslog or the journal put before it. */
export function messageOf(line: string): string {
  let text = line.slice(0, MOST_OF_A_LINE).replaceAll("\t", " ").replace(TERMINAL, "").trim();
  for (const before of [...BEFORE, ...BEFORE]) text = text.replace(before, "");
  return text;
}

/** The kernel that a line names: at the start of a boot, or in an oops. Null where it names none. */
export function releaseOf(message: string): string | null {
  const booted = /^Linux version (\d\S*)/.exec(message);
  const oops = /\b(?:Not tainted|Tainted: [A-Z ]+?) +(\d+\.\d+\S*)( #|\))/.exec(message);
  const old = /\b(?:Not tainted|Tainted: [A-Z ]+?) +VLI? *\((\d+\.\d+\S*)( #\S*)?\)/.exec(message);
  return booted?.[1] ?? oops?.[1] ?? old?.[1] ?? null;
}
