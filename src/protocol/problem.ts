/** Why an image could not be checked: expected trouble, a value and never a thrown error. */
export type ProblemCode =
  | "image.unreadable"
  | "image.changed"
  | "image.empty"
  | "image.hole"
  | "image.unavailable"
  | "image.not-a-store"
  | "image.several-stores"
  | "option.bad"
  | "store.stale"
  | "store.packed"
  | "machine.stale"
  | "snapshot.refused"
  | "snapshot.origin"
  | "snapshot.unwritable"
  | "snapshot.tangled"
  | "files.none"
  | "files.path"
  | "files.large"
  | "table.too-large"
  | "snapshot.input"
  | "rescue.no-table"
  | "race.too-large"
  | "race.image"
  | "page.incomplete"
  | "cancelled"
  | "fault.core"
  | "fault.worker";

export interface Problem {
  code: ProblemCode;
  /** What happened, one sentence. */
  message: string;
  /** Where: a file name, an offset, an option. */
  where: string;
  expected: string;
  found: string;
  /** What the person can do now. */
  todo: string;
}

export type Result<T> = { ok: true; value: T } | { ok: false; problem: Problem };

export const success = <T>(value: T): Result<T> => ({ ok: true, value });
export const failure = (problem: Problem): Result<never> => ({ ok: false, problem });
