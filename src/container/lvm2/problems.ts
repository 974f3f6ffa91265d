import type { ContainerProblem } from "../wrapper.ts";

/** What can be amiss with LVM; each is one kind of damage, or one thing that is not there. */
export type Lvm2Code =
  | "lvm.label"
  | "lvm.pv-header"
  | "lvm.metadata-area"
  | "lvm.metadata-text"
  | "lvm.interrupted"
  | "lvm.no-metadata"
  | "lvm.seqno"
  | "lvm.same-seqno"
  | "lvm.same-name"
  | "lvm.pv-missing"
  | "lvm.pv-short"
  | "lvm.pv-twice"
  | "lvm.pv-left"
  | "lvm.pv-was-away"
  | "lvm.volume"
  | "lvm.snapshot";

export interface Lvm2Problem extends ContainerProblem {
  code: Lvm2Code;
}
