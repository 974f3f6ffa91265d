import type { HeldStore, Origin, StoreReader } from "../client/held-store.ts";
import { type PairedOrigin, SnapshotRun } from "../client/snapshot-run.ts";
import { type FoundIn, type OpenMachine, StoreChecks } from "../client/store-checks.ts";
import type { StoreClient } from "../client/store-client.ts";
import { type CheckOptions, DEFAULT_OPTIONS, type Progress } from "../protocol/check.ts";
import { imageName } from "../protocol/found-store.ts";
import type { Problem, Result } from "../protocol/problem.ts";
import type { Report } from "../protocol/report.ts";
import type { NamedFile, OpenedStore, ReadOfWhole } from "../protocol/store-service.ts";
import { bytesOf, hostsOf } from "./handed.ts";
import { storeIncomplete, storeNotThere } from "./machine-problems.ts";
import { namesOf } from "./names-of.ts";

/** The image as the top bar names it; `id` tells one check from the next. */
export interface Subject {
  id: number;
  name: string;
  /** 0 until a server has said how many they are. */
  bytes: number;
  /** The servers that are asked for its bytes; null: it is on this machine. */
  hosts: string | null;
  options: CheckOptions;
}

/** What of a disk is to be shown: all of it, one store, or its only store and else all of it. */
export type Wanted = "all" | "any" | { store: string };

interface Checking {
  at: "checking";
  subject: Subject;
  progress: Progress;
  soFar: Report | null;
  /** How far a disk is looked into; null where none is, or only just. */
  looking: ReadOfWhole | null;
  found: FoundIn | null;
}

export type SessionState =
  | { at: "start" }
  | Checking
  | { at: "machine"; subject: Subject; machine: OpenMachine }
  | {
      at: "open";
      subject: Subject;
      store: OpenedStore;
      reader: StoreReader;
      snapshot: SnapshotRun;
      /** null: the image itself is the store. */
      found: FoundIn | null;
      /** Whether its bytes are wanted though it is no store. */
      asItIs: boolean;
    }
  | { at: "problem"; subject: Subject; problem: Problem; canRetry: boolean; found: FoundIn | null };

/** The origin that the volume group pairs a store with. */
function pairedIn(found: FoundIn | null): PairedOrigin | null {
  const origin = found?.store.origin;
  if (!found || !origin) return null;
  const why = found.machine.held.tree.nodes[origin.node]?.why ?? "not all of it is in the files";
  return { name: origin.name, why: origin.readable ? null : why };
}

const NOTHING_KNOWN: Omit<Checking, "subject"> = {
  at: "checking",
  progress: { areas: 0, exceptions: 0, bytes: 0, calls: 0, ends: null },
  soFar: null,
  looking: null,
  found: null,
};

/** Which image is on the screen and how far it has come: one at a time, the newest wins. */
export class Session {
  readonly #client: StoreClient;
  readonly #listeners = new Set<() => void>();
  #state: SessionState = { at: "start" };
  #images: readonly NamedFile[] = [];
  #wanted: Wanted = "any";
  /** What was looked into last: the way back to it reads nothing again. */
  #machine: OpenMachine | null = null;
  #abort = new AbortController();
  #checks = 0;

  constructor(client: StoreClient) {
    this.#client = client;
    client.warm();
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly state = (): SessionState => this.#state;

  /**
   * Checks an image, or looks into the files of one machine; whatever still runs is cancelled first.
   * @param images the same list again is the same machine.
   */
  async open(
    images: readonly NamedFile[],
    options: CheckOptions = DEFAULT_OPTIONS,
    wanted: Wanted = "any",
  ): Promise<void> {
    this.#images = images;
    this.#wanted = wanted;
    const name = namesOf(images);
    const { subject, signal } = this.#begin(name, images, options);
    this.#showChecking(subject);
    const looked = await this.#look(subject, signal);
    if (!this.#current(subject)) return;
    if (!looked.ok) this.#showProblem(subject, looked.problem, null);
    else if (looked.value === null) await this.#openBare(subject, signal, false);
    else await this.#openIn(looked.value, subject, signal);
  }

  /** The same image under other options. */
  recheck(options: CheckOptions): void {
    // What a server once failed at it is asked anew.
    if (hostsOf(this.#images) !== null) this.#machine = null;
    if (this.#images.length > 0) void this.open(this.#images, options, this.#wanted);
  }

  /** The bytes of the one file, though nothing says that they are a store. */
  openAsItIs(): void {
    const [image] = this.#images;
    if (image === undefined) return;
    const { subject, signal } = this.#begin(image.name, [image], DEFAULT_OPTIONS);
    this.#showChecking(subject);
    void this.#openBare(subject, signal, true);
  }

  /** Shows a problem that came up before there were bytes to check. */
  refuse(name: string, problem: Problem): void {
    this.#images = [];
    const { subject } = this.#begin(name, [], DEFAULT_OPTIONS);
    this.#show({ at: "problem", subject, problem, canRetry: false, found: null });
  }

  /** Stops the check that runs. */
  cancel(): void {
    if (this.#state.at === "checking") this.#abort.abort();
  }

  /** Reads the snapshot that the open store makes of this origin. */
  readSnapshot(origin: Origin): void {
    if (this.#state.at === "open") void this.#state.snapshot.read(origin);
  }

  leave(): void {
    this.#begin("", [], DEFAULT_OPTIONS);
    this.#images = [];
    this.#machine = null;
    this.#show({ at: "start" });
  }

  /** What lies in the files; null: one file, and no more than a store or an origin. */
  async #look(subject: Subject, signal: AbortSignal): Promise<Result<OpenMachine | null>> {
    if (this.#machine?.held.files === this.#images) return { ok: true, value: this.#machine };
    this.#machine = null;
    const looked = await this.#client.look(
      this.#images,
      (looking) => this.#showChecking(subject, { looking }),
      signal,
    );
    if (!looked.ok) return looked;
    const held = looked.value;
    const machine = held && { held, checks: new StoreChecks(held) };
    if (this.#current(subject)) this.#machine = machine;
    return { ok: true, value: machine };
  }

  async #openBare(subject: Subject, signal: AbortSignal, asItIs: boolean): Promise<void> {
    const [image] = this.#images;
    if (image === undefined) return;
    const result = await this.#client.open(
      image,
      subject.options,
      (progress, soFar) => this.#showChecking(subject, { progress, soFar }),
      signal,
    );
    this.#showOpened(subject, signal, result, null, asItIs);
  }

  async #openIn(machine: OpenMachine, whole: Subject, signal: AbortSignal): Promise<void> {
    const { stores } = machine.held.tree;
    const wanted = this.#wanted;
    const [only, ...more] = stores;
    if (wanted === "all" || (wanted === "any" && (!only || more.length > 0))) {
      const bytes = machine.held.bytes.whole;
      this.#show({ at: "machine", subject: { ...whole, bytes }, machine });
      void machine.checks.run(signal);
      return;
    }
    const store = wanted === "any" ? only : stores.find(({ name }) => name === wanted.store);
    if (!store) {
      const asked = wanted === "any" ? "" : wanted.store;
      this.#showProblem(whole, storeNotThere(asked, whole.name), null);
      return;
    }
    const subject = { ...whole, name: imageName(store), bytes: store.bytes };
    const found = { machine, store };
    this.#showChecking(subject, { found });
    const result = await machine.held.open(
      store,
      subject.options,
      (progress, soFar) => this.#showChecking(subject, { progress, soFar, found }),
      signal,
    );
    this.#showOpened(subject, signal, result, found, false);
  }

  #showOpened(
    subject: Subject,
    signal: AbortSignal,
    result: Result<HeldStore>,
    found: FoundIn | null,
    asItIs: boolean,
  ): void {
    if (!this.#current(subject)) return;
    if (!result.ok) {
      const lacks = result.problem.code === "image.hole" && found && !found.store.complete;
      this.#showProblem(subject, lacks ? storeIncomplete(found.store) : result.problem, found);
      return;
    }
    const held = result.value;
    const reader = this.#reader(subject, held, found);
    const snapshot = this.#snapshotRun(subject, held, signal, found);
    const { store } = held;
    const sized =
      subject.hosts === null ? subject : { ...subject, bytes: Number(store.report.image.bytes) };
    this.#show({ at: "open", subject: sized, store, reader, snapshot, found, asItIs });
  }

  /** The store that is open, for the views: a read that fails takes the screen. */
  #reader(subject: Subject, held: HeldStore, found: FoundIn | null): StoreReader {
    const watched = async <T>(reading: Promise<Result<T>>): Promise<Result<T>> => {
      const result = await reading;
      if (!result.ok && this.#current(subject)) this.#showProblem(subject, result.problem, found);
      return result;
    };
    return {
      headerChunk: () => watched(held.headerChunk()),
      areaChunk: (area) => watched(held.areaChunk(area)),
      rows: (first, count) => watched(held.rows(first, count)),
      filterRows: (filter) => watched(held.filterRows(filter)),
      raceStart: () => watched(held.raceStart()),
      chunkPair: (exception, origin) => held.chunkPair(exception, origin),
      // What is wrong with these shows where they were asked for.
      lookUp: (place) => held.lookUp(place),
      damage: () => held.damage(),
      openFiles: (origin) => held.openFiles(origin),
      listFiles: (files, path) => held.listFiles(files, path),
      readFile: (...asked) => held.readFile(...asked),
      stopFiles: () => held.stopFiles(),
      diff: (...asked) => held.diff(...asked),
      map: (topic, ask) => held.map(topic, ask),
      repairPlan: () => held.repairPlan(),
      patched: (patches) => held.patched(patches),
      rescue: () => held.rescue(),
      rescued: (report) => held.rescued(report),
    };
  }

  /** What is wrong with a snapshot shows beside it; but a worker that failed has lost the store. */
  #snapshotRun(
    subject: Subject,
    held: HeldStore,
    left: AbortSignal,
    found: FoundIn | null,
  ): SnapshotRun {
    return new SnapshotRun(
      async (...asked) => {
        const result = await held.snapshot(...asked);
        if (!result.ok && result.problem.code.startsWith("fault.")) {
          this.#showProblem(subject, result.problem, found);
        }
        return result;
      },
      left,
      pairedIn(found),
    );
  }

  #begin(name: string, files: readonly NamedFile[], options: CheckOptions) {
    this.#abort.abort();
    this.#abort = new AbortController();
    this.#checks += 1;
    const bytes = bytesOf(files);
    const subject: Subject = { id: this.#checks, name, bytes, hosts: hostsOf(files), options };
    return { subject, signal: this.#abort.signal };
  }

  #current(subject: Subject): boolean {
    return subject.id === this.#checks;
  }

  #showChecking(subject: Subject, known: Partial<Checking> = {}): void {
    this.#show({ ...NOTHING_KNOWN, ...known, subject });
  }

  #showProblem(subject: Subject, problem: Problem, found: FoundIn | null): void {
    this.#show({ at: "problem", subject, problem, canRetry: true, found });
  }

  #show(state: SessionState): void {
    if (state.at !== "start" && !this.#current(state.subject)) return;
    this.#state = state;
    for (const listener of this.#listeners) listener();
  }
}
