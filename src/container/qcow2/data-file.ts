import type { BlockSource } from "../../source/block-source.ts";
import type { ImageFile, Trouble } from "../image-file.ts";
import type { ContainerProblem, Peers } from "../wrapper.ts";
import type { Extensions } from "./extensions.ts";
import { EXTERNAL_DATA, type Qcow2Header, RAW_DATA } from "./header.ts";

/** Where an image keeps its clusters. */
export interface DataFile {
  /** null: it cannot be read, and `why` says why not. */
  source: BlockSource | null;
  why: string;
  /** Whether it is another file than the image. */
  isExternal: boolean;
  /** Whether it is the disk, byte for byte, so that no table has to be asked. */
  isDisk: boolean;
  peers: string[];
  problems: ContainerProblem[];
}

/** Refused where it is missing, unless `peers.partial`. */
export async function openDataFile(
  file: ImageFile,
  { incompatible, autoclear }: Qcow2Header,
  { dataFile: name }: Extensions,
  peers: Peers,
): Promise<DataFile> {
  const none = { why: "", peers: [], problems: [] };
  if (!(incompatible & EXTERNAL_DATA)) {
    return { ...none, source: file.source, isExternal: false, isDisk: false };
  }
  const kind = { isExternal: true, isDisk: (autoclear & RAW_DATA) !== 0n };
  const source = name === null ? null : await peers.find(name);
  if (source && source !== file.source) return { ...none, ...kind, source, peers: [name ?? ""] };
  const problem = file.lacks(missing(name), peers.partial);
  return { ...none, ...kind, source: null, why: problem.message, problems: [problem] };
}

function missing(name: string | null): Trouble {
  const called = name ?? "(it has no name)";
  return {
    code: "data-file-missing",
    message: `its external data file ${called} is missing: the image itself holds only tables`,
    expected: `${called} among the files`,
    found: "no file of that name",
    todo: "Hand over the data file as well.",
  };
}
