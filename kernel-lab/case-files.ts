import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import type { Case } from "./cases.ts";

/** A case as files, for the command and for whoever looks into a difference. */
export interface CaseFiles {
  cow: string;
  origin: string;
}

export async function writeCase(asked: Case, folder: string): Promise<CaseFiles> {
  await mkdir(folder, { recursive: true });
  const files = { cow: path.join(folder, "cow.img"), origin: path.join(folder, "origin.img") };
  await writeFile(files.cow, asked.damage.bytes);
  await writeFile(files.origin, asked.base.origin);
  return files;
}
