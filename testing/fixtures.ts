import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { gunzipSync } from "node:zlib";
import { jsonLines } from "./json-lines.ts";
import { applyRecipe, type Op } from "./recipe.ts";

/** What the real kernel said when it was given the store under one table chunk size. */
export interface RecordedVerdict {
  /** Sectors in the table line; 0: none given. */
  tableChunk: number;
  createRc: number;
  createStderr: string;
  dmesg: string[];
  /** After the word `snapshot` of `dmsetup status`. */
  status: string | null;
  /** Sectors that activation changed, first and last of each range. */
  modifiedSectors: [number, number][];
  /** Of the snapshot device, unreadable chunks as zeros; this and the next two: null if not activated. */
  sha256Snapshot: string | null;
  /** Chunks that were answered with EIO, first and last of each range. */
  unreadableChunks: [number, number][] | null;
  /** The chunks that it was read in. */
  readChunkBytes: number | null;
}

/** One line of fixtures/rows.jsonl; fixtures/README.md says where each kind comes from. */
export interface Fixture {
  source: "store" | "damaged" | "race" | "danger";
  id: string;
  family: string;
  note: string;
  /** Of the whole image. */
  sha256: string;
  cowSectors: number;
  originSectors: number | null;
  /** What the snapshot was read over; null: zeros. */
  origin: string | null;
  /** Only of stores: the snapshot as it was read before it was closed; null where it was not. */
  sha256Live?: string | null;
  /** Where the image lies, or from which store and how it is made. */
  file?: string;
  base?: string;
  recipe?: Op[];
  verdicts: RecordedVerdict[];
}

/** From the project, where every test and script of it runs. */
const FOLDER = pathToFileURL("fixtures/");

export const FIXTURES: readonly Fixture[] = jsonLines(
  readFileSync(new URL("rows.jsonl", FOLDER), "utf8"),
);

/** The image called `id`; a name that is not there is a mistake of the test. */
export function fixture(id: string): Fixture {
  const found = FIXTURES.find((row) => row.id === id);
  if (!found) throw new Error(`no fixture is called ${id}`);
  return found;
}

/** Every verdict with its fixture: one test case each. */
export const CASES = FIXTURES.flatMap((fixture) =>
  fixture.verdicts.map((verdict) => ({
    fixture,
    verdict,
    name: `${fixture.id} (${fixture.family}), table chunk ${verdict.tableChunk}`,
  })),
);

const unpacked = new Map<string, Uint8Array>();

function unpack(file: string): Uint8Array {
  const image =
    unpacked.get(file) ?? new Uint8Array(gunzipSync(readFileSync(new URL(file, FOLDER))));
  unpacked.set(file, image);
  return image;
}

/** The image's bytes: unpacked, or made again from its base and recipe. */
export function fixtureBytes({ id, file, base, recipe }: Fixture): Uint8Array {
  if (file) return unpack(file);
  if (base && recipe) return applyRecipe(unpack(`stores/${base}.img.gz`), recipe);
  throw new Error(`fixture ${id} has neither a file nor a base and a recipe`);
}

/** The origin that the snapshot was read over. */
export function originBytes({ origin, originSectors }: Fixture): Uint8Array {
  return origin ? unpack(origin) : new Uint8Array((originSectors ?? 0) * 512);
}
