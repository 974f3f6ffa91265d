/** What the guest said about one job: lines of "key value", a key that repeats being a list. */
export class Answer {
  private readonly values = new Map<string, string[]>();

  add(key: string, value: string): void {
    this.values.set(key, [...this.all(key), value]);
  }

  all(key: string): string[] {
    return this.values.get(key) ?? [];
  }

  one(key: string): string | null {
    return this.all(key)[0] ?? null;
  }

  /** Lines of "FIRST LAST": inclusive ranges. */
  ranges(key: string): [number, number][] {
    return this.all(key).flatMap((line) => {
      const [first, last] = line.split(" ").map(Number);
      const isRange = Number.isInteger(first) && Number.isInteger(last);
      return isRange ? [[first, last] as [number, number]] : [];
    });
  }
}

export interface Answers {
  finished: Map<string, Answer>;
  /** The job that was begun and not ended: the one that took the kernel down. */
  unfinished: string | null;
  /** Whether the guest came to the end of its jobs. */
  done: boolean;
  /** What `uname -r` said, null if the guest did not come that far. */
  release: string | null;
}

export function parseAnswers(text: string): Answers {
  const finished = new Map<string, Answer>();
  let unfinished: string | null = null;
  let answer = new Answer();
  let done = false;
  let release: string | null = null;
  for (const line of text.split(/\r?\n/)) {
    const space = line.indexOf(" ");
    const key = line.slice(0, space);
    const value = line.slice(space + 1);
    if (key === "begin") {
      unfinished = value;
      answer = new Answer();
    } else if (key === "end") {
      finished.set(value, answer);
      unfinished = null;
    } else if (key === "release") {
      release = value;
    } else if (key === "all") {
      done = true;
    } else if (space > 0) {
      answer.add(key, value);
    }
  }
  return { finished, unfinished, done, release };
}
