import type { CaseFiles } from "./case-files.ts";
import type { Case } from "./cases.ts";
import type { Activation } from "./job.ts";
import { oracleMergePrediction } from "./merge-oracle.ts";
import {
  cowscopeMergePrediction,
  cowscopePrediction,
  oraclePrediction,
  type Prediction,
} from "./prediction.ts";

/** What the kernel is asked about a store, and who foretells the answer. */
export interface Question {
  kind: Activation["kind"];
  oracle(asked: Case, release: string): Prediction;
  cowscope(asked: Case, files: CaseFiles, release: string): Promise<Prediction>;
}

/** Does it activate, and what does the snapshot read? */
export const READ: Question = {
  kind: "activate",
  oracle: oraclePrediction,
  cowscope: cowscopePrediction,
};

/** Where does merging it stop, and what is left of both devices? */
export const MERGE: Question = {
  kind: "merge",
  oracle: oracleMergePrediction,
  cowscope: cowscopeMergePrediction,
};
