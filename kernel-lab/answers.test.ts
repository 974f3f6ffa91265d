import { expect, test } from "vitest";
import { parseAnswers } from "./answers.ts";
import { crashVerdict, verdictOf } from "./verdict.ts";

const ACTIVATED = `begin 7\r
create_rc 0\r
dmesg device-mapper: persistent snapshot: chunk size 8 in device metadata overrides table chunk size of 16.\r
status 40/80 16\r
table 0 1024 snapshot 7:0 7:1 P 8\r
read_chunk_bytes 4096\r
sha256 abc\r
unreadable 2 2\r
unreadable 5 9\r
unreadable errno 5\r
status_after_read 40/80 16\r
end 7\r
`;

test("an activation with unreadable chunks", () => {
  const { finished, unfinished, done } = parseAnswers(ACTIVATED);
  expect({ unfinished, done }).toEqual({ unfinished: null, done: false });
  const answer = finished.get("7");
  expect(answer && verdictOf(answer)).toMatchObject({
    createRc: 0,
    status: "40/80 16",
    change: null,
    snapshot: {
      chunkBytes: 4096,
      sha256: "abc",
      errno: 5,
      unreadable: [
        [2, 2],
        [5, 9],
      ],
    },
  });
});

test("the job that took the kernel down is the one begun and not ended", () => {
  expect(parseAnswers(`${ACTIVATED}begin 8\r\ncreate_`).unfinished).toBe("8");
  const console =
    "[   9.1] kernel BUG at drivers/md/dm-exception-store.h:156!\n[   9.2] Call Trace:";
  expect(crashVerdict(console, false).crash).toBe(
    "kernel BUG at drivers/md/dm-exception-store.h:156",
  );
});

test("the guest's last word", () => {
  expect(parseAnswers(`${ACTIVATED}all done\r\n`).done).toBe(true);
});

test("a process that died in the kernel leaves its line, and the guest goes on", () => {
  const died =
    "begin 9\r\ncreate_rc 139\r\ncrash kernel BUG at drivers/md/dm-exception-store.h:157\r\nend 9\r\n";
  const { finished, release } = parseAnswers(`release 6.12.117\r\n${died}${ACTIVATED}`);
  expect(release).toBe("6.12.117");
  const answer = finished.get("9");
  expect(answer && verdictOf(answer)).toMatchObject({
    crash: "kernel BUG at drivers/md/dm-exception-store.h:157",
    status: null,
    snapshot: null,
  });
  expect(finished.has("7")).toBe(true);
});
