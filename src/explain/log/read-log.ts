import type { LogMessage, LogReport, LogSaying } from "../../protocol/log.ts";
import { ACTIVATION_MESSAGES } from "./activation-messages.ts";
import { BLOCK_MESSAGES } from "./block-messages.ts";
import { messageOf, releaseOf } from "./line.ts";
import type { MessageKind } from "./message-kind.ts";
import {
  beginsOops,
  endsOops,
  isDriverFrame,
  isFrame,
  likelyDrivers,
  MOST_OF_AN_OOPS,
  type Oops,
} from "./oops.ts";
import { RUNNING_MESSAGES } from "./running-messages.ts";
import { USER_SPACE_MESSAGES } from "./user-space-messages.ts";

const KINDS: readonly MessageKind[] = [
  ...ACTIVATION_MESSAGES,
  ...RUNNING_MESSAGES,
  ...USER_SPACE_MESSAGES,
  ...BLOCK_MESSAGES,
];

/** How many lines away a message that others print, too, may be from one that only snapshots print. */
const COMPANY = 50;
/** Distinct messages that are listed; a log is not bounded, what is kept of it is. */
const MOST_MESSAGES = 1000;

interface Seen {
  id: string;
  text: string;
  line: number;
  saying: LogSaying;
}

/**
 * Reads logs line by line and keeps what has to do with snapshots. Lines may come from dmesg, the
 * journal, syslog or a serial console; of a log without such a message nothing is kept.
 */
export class LogReader {
  private readonly logs: LogReport["logs"] = [];
  private readonly kernels = new Set<string>();
  private readonly messages = new Map<string, LogMessage>();
  private unlisted = 0;
  /** Messages that count only in company, not yet in any. */
  private waiting: Seen[] = [];
  private lastOwn = Number.NEGATIVE_INFINITY;
  private oops: Oops | null = null;

  /** What follows belongs to this log. */
  begin(name: string): void {
    this.settleOops();
    this.logs.push({ name, lines: 0 });
    this.waiting = [];
    this.lastOwn = Number.NEGATIVE_INFINITY;
  }

  take(line: string): void {
    const log = this.logs.at(-1);
    if (!log) throw new RangeError("no log was begun");
    log.lines += 1;
    const message = messageOf(line);
    const release = releaseOf(message);
    if (release !== null) this.kernels.add(release);
    if (this.oops) this.followOops(this.oops, message, log.lines);
    const begun = beginsOops(message, log.lines);
    if (begun && !this.oops) {
      if (begun.own) this.ownOops(begun);
      else this.oops = begun;
    }
    for (const { id, pattern, counts, say } of KINDS) {
      const caught = pattern.exec(message);
      if (!caught) continue;
      const seen = {
        id,
        text: message,
        line: log.lines,
        saying: say(...caught.slice(1).map((group) => group ?? "")),
      };
      if (counts === "own") this.own(seen);
      else this.accompany(seen);
      return;
    }
  }

  report(): LogReport {
    this.settleOops();
    const messages = [...this.messages.values()];
    messages.sort((a, b) => a.first.log - b.first.log || a.first.line - b.first.line);
    return {
      schema: "cowscope.log/1",
      logs: this.logs,
      kernels: [...this.kernels],
      messages,
      unlisted: this.unlisted,
    };
  }

  private own(seen: Seen): void {
    for (const waiting of this.waiting) {
      if (seen.line - waiting.line <= COMPANY) this.keep(waiting);
    }
    this.waiting = [];
    this.lastOwn = seen.line;
    this.keep(seen);
  }

  private accompany(seen: Seen): void {
    if (seen.line - this.lastOwn <= COMPANY) {
      this.keep(seen);
      return;
    }
    this.waiting.push(seen);
    if (this.waiting.length > COMPANY) this.waiting.shift();
  }

  private followOops(oops: Oops, message: string, line: number): void {
    if (isFrame(message)) oops.frames += 1;
    if (isDriverFrame(message)) {
      this.oops = null;
      this.ownOops(oops);
      this.lastOwn = line;
    } else if (endsOops(message) || line - oops.line > MOST_OF_AN_OOPS) this.settleOops();
  }

  private settleOops(): void {
    const { oops } = this;
    this.oops = null;
    if (oops && likelyDrivers(oops)) this.ownOops(oops);
  }

  private ownOops({ id, text, line, say }: Oops): void {
    this.own({ id, text, line, saying: say() });
  }

  private keep({ id, text, line, saying }: Seen): void {
    const place = { log: this.logs.length - 1, line };
    // The block layer's lines differ in their sectors only: one stands for all of a device.
    const key = id.startsWith("block.") ? `${id} ${text.replace(/=\d+| \d+ /g, "")}` : text;
    const known = this.messages.get(key);
    if (known) {
      known.count += 1;
      known.last = place;
    } else if (this.messages.size < MOST_MESSAGES) {
      this.messages.set(key, {
        id,
        text,
        count: 1,
        first: place,
        last: place,
        ...saying,
        borneOut: null,
      });
    } else this.unlisted += 1;
  }
}
