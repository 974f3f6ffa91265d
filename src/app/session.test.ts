import { describe, expect, it } from "vitest";
import type { HeldStore, Image } from "../client/held-store.ts";
import type { StoreClient } from "../client/store-client.ts";
import type { Progress } from "../protocol/check.ts";
import { failure, type Problem, type Result } from "../protocol/problem.ts";
import type { Report } from "../protocol/report.ts";
import type { OpenedStore } from "../protocol/store-service.ts";
import { Session } from "./session.ts";

const problem: Problem = {
  code: "image.changed",
  message: "changed",
  where: "",
  expected: "",
  found: "",
  todo: "",
};
const image = (name: string): Image => ({ blob: new Blob(["x"]), name });

interface Check {
  name: string;
  signal: AbortSignal;
  progress: (progress: Progress, soFar: Report | null) => void;
  answer: (result: Result<HeldStore>) => void;
}

/** A client whose checks end when the test says so. */
function sessionUnderTest() {
  const checks: Check[] = [];
  const client: Partial<StoreClient> = {
    warm: () => {},
    look: async () => ({ ok: true, value: null }),
    open: (opened, _, progress, signal) =>
      new Promise((answer) => checks.push({ name: opened.name, signal, progress, answer })),
  };
  return { session: new Session(client as StoreClient), checks };
}

/** As far as the check, which the test ends. */
async function opening(session: Session, name: string): Promise<void> {
  void session.open([image(name)]);
  await settled();
}

const settled = () => new Promise((resolve) => setTimeout(resolve));
const held: Partial<HeldStore> = {
  store: {} as OpenedStore,
  areaChunk: async () => failure(problem),
};
const store = held as HeldStore;

describe("Session", () => {
  it("aborts a check for the next one, whose state alone is shown", async () => {
    const { session, checks } = sessionUnderTest();
    await opening(session, "first");
    await opening(session, "second");
    expect(checks[0]?.signal.aborted).toBe(true);
    checks[1]?.answer({ ok: true, value: store });
    await settled();
    checks[0]?.progress({ areas: 9, exceptions: 9, bytes: 9, calls: 9, ends: null }, null);
    checks[0]?.answer(failure(problem));
    await settled();
    expect(session.state()).toMatchObject({ at: "open", subject: { name: "second" } });
  });

  it("lets a read that fails take the screen, but not one of an image that is gone", async () => {
    const { session, checks } = sessionUnderTest();
    await opening(session, "first");
    checks[0]?.answer({ ok: true, value: store });
    await settled();
    const state = session.state();
    if (state.at !== "open") throw new Error("not open");
    const { reader } = state;
    await opening(session, "second");
    await reader.areaChunk(0);
    expect(session.state().at).toBe("checking");

    checks[1]?.answer({ ok: true, value: store });
    await settled();
    const second = session.state();
    if (second.at !== "open") throw new Error("not open");
    await second.reader.areaChunk(0);
    expect(session.state()).toMatchObject({ at: "problem", problem, canRetry: true });
  });

  it("leaves for the start at any time", async () => {
    const { session, checks } = sessionUnderTest();
    await opening(session, "first");
    session.leave();
    expect(checks[0]?.signal.aborted).toBe(true);
    expect(session.state()).toEqual({ at: "start" });
  });
});
