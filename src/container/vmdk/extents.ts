import type { BlockSource } from "../../source/block-source.ts";
import { MappedSource } from "../../source/mapped-source.ts";
import type { Backing } from "../backing.ts";
import { cutOff } from "../cut-off.ts";
import { ImageFile, type Trouble } from "../image-file.ts";
import { type Run, Runs } from "../tables/runs.ts";
import type { ContainerProblem, Peers } from "../wrapper.ts";
import type { ExtentLine } from "./descriptor.ts";
import { openSparseExtent } from "./sparse-extent.ts";
import { readSparseHeader } from "./sparse-header.ts";

/** A disk put together from the files that its descriptor names. */
export interface Assembled {
  source: BlockSource;
  peers: string[];
  problems: ContainerProblem[];
}

const FLAT = ["FLAT", "VMFS"];
const SPARSE = ["SPARSE", "VMFSSPARSE"];

/** Refused where a part is missing or cut off, unless `peers.partial`. */
export async function assembleExtents(
  file: ImageFile,
  lines: readonly ExtentLine[],
  backing: Backing | null,
  peers: Peers,
): Promise<Assembled> {
  const assembly = new Assembly(file, backing, peers);
  for (const line of lines) await assembly.add(line);
  return assembly.result();
}

class Assembly {
  private readonly runs: Run[] = [];
  private readonly children: BlockSource[] = [];
  private readonly names: string[] = [];
  private readonly problems: ContainerProblem[] = [];
  private readonly sparse = new Set<BlockSource>();
  private size = 0;

  constructor(
    private readonly file: ImageFile,
    private readonly backing: Backing | null,
    private readonly peers: Peers,
  ) {}

  async add(line: ExtentLine): Promise<void> {
    if (line.length === 0) return;
    await this.addPart(line);
    this.size += line.length;
    if (!Number.isSafeInteger(this.size))
      this.file.damaged("a disk of 2^53 bytes", "a smaller one");
  }

  result(): Assembled {
    if (this.runs.length === 0) this.file.damaged("no extent", "at least one");
    const source = new MappedSource(new Runs("vmdk", this.children, this.runs));
    return { source, peers: this.names, problems: this.problems };
  }

  private async addPart(line: ExtentLine): Promise<void> {
    const { type, name, length, access } = line;
    if (type === "ZERO") this.runs.push({ from: "zeros", length });
    else if (access === "NOACCESS") this.lose(line, notReadable(type, "NOACCESS"));
    else if (!FLAT.includes(type) && !SPARSE.includes(type)) {
      this.lose(line, notReadable(type, type));
    } else {
      const source = name === null ? null : await this.peers.find(name);
      if (!source) this.lose(line, missing(name ?? "(no name)"));
      else if (FLAT.includes(type)) this.addFlat(line, source);
      else await this.addSparse(line, source);
    }
  }

  private addFlat(line: ExtentLine, source: BlockSource): void {
    const there = source.size - line.offset;
    if (there < line.length) this.cut(this.file, line.name, this.size + Math.max(there, 0));
    this.use(line, source, line.offset);
  }

  private async addSparse(line: ExtentLine, source: BlockSource): Promise<void> {
    const extent = new ImageFile(source, this.file.kind, line.name ?? "");
    // Its tables are kept in memory, so each file must be worth it.
    if (this.sparse.has(source)) this.file.damaged(`${line.name} twice`, "each extent once");
    this.sparse.add(source);
    const header = await readSparseHeader(extent);
    const parent = this.backing ? { backing: this.backing, offset: this.size } : null;
    const opened = await openSparseExtent(extent, header, parent);
    if (opened.missingFrom !== null) this.cut(extent, line.name, this.size + opened.missingFrom);
    this.use(line, opened.source, 0);
  }

  private use({ name, length }: ExtentLine, source: BlockSource, offset: number): void {
    this.runs.push({ from: "child", child: this.children.length, offset, length });
    this.children.push(source);
    if (name !== null) this.names.push(name);
  }

  private cut(file: ImageFile, name: string | null, from: number): void {
    const trouble = cutOff(`its extent ${name}`, "grains", from, file.size);
    this.problems.push(file.lacks(trouble, this.peers.partial));
  }

  /** A part of the disk that cannot be had: refused, or a hole. */
  private lose({ length }: ExtentLine, trouble: Trouble): void {
    this.problems.push(this.file.lacks(trouble, this.peers.partial));
    this.runs.push({ from: "hole", why: trouble.message, length });
  }
}

function missing(name: string): Trouble {
  return {
    code: "extent-missing",
    message: `its extent ${name} is missing`,
    expected: `${name} among the files`,
    found: "no file of that name",
    todo: `Hand over ${name} as well: this file only says where the disk lies.`,
  };
}

function notReadable(type: string, found: string): Trouble {
  return {
    code: "extent-type",
    message: `a part of it cannot be read: its extent is ${found}`,
    expected: `${[...FLAT, ...SPARSE].join(", ")} or ZERO`,
    found: type,
    todo: "Convert it with the program that wrote it, to a disk in one flat file.",
  };
}
