import { CHUNK_KINDS, type MapCell, type MapChunk, type StoreMap } from "../../protocol/map.ts";
import { counted, grouped } from "../../ui/format.ts";
import { KIND_WORDS } from "./kind-words.ts";

const hex = (value: number): string => `0x${value.toString(16)}`;

/** How many findings lie in some chunks. */
const foundIn = ({ found }: StoreMap, first: number, end: number): string => {
  const count = found.filter((chunk) => chunk >= first && chunk < end).length;
  if (count === 0) return "";
  return end - first === 1 ? "a finding lies in it" : `findings lie in ${grouped(count)} of them`;
};

/** A single chunk: what it is, where, and who points at it. */
export function chunkWords(chunk: number, facts: MapChunk, map: StoreMap, perArea: number): string {
  const { kind, area, names, named } = facts;
  const { name, means } = KIND_WORDS[kind];
  const what = kind === "metadata" && area !== null ? `metadata area ${grouped(area)}` : name;
  const place =
    area !== null && kind === "free" ? `the place of area ${grouped(area)}, not read` : "";
  const who = names.map(
    ({ row, old }) =>
      `exception ${grouped(Math.floor(row / perArea))}:${row % perArea} with old_chunk ${old}`,
  );
  const more = named > names.length ? `and ${grouped(named - names.length)} more` : "";
  return [
    `Chunk ${grouped(chunk)}`,
    kind === "crossed" || kind === "lost" || kind === "beyond" ? `${what}: ${means}` : what,
    place,
    `offset ${hex(chunk * map.chunkBytes)}`,
    who.length > 0 ? `named by ${[...who, more].filter(Boolean).join(", ")}` : "",
    kind === "free" && area === null
      ? "nothing points at it: Inspect has nothing to show of it"
      : "",
    foundIn(map, chunk, chunk + 1),
  ]
    .filter(Boolean)
    .join(" · ");
}

/** Several chunks: how many there are of each kind. */
export function cellWords({ first, chunks, counts }: MapCell, map: StoreMap): string {
  const kinds = CHUNK_KINDS.filter((kind) => counts[kind] > 0).map(
    (kind) => `${grouped(counts[kind])} ${KIND_WORDS[kind].name}`,
  );
  return [
    `Chunks ${grouped(first)} to ${grouped(first + chunks - 1)}`,
    `from offset ${hex(first * map.chunkBytes)}`,
    kinds.join(", "),
    foundIn(map, first, first + chunks),
  ]
    .filter(Boolean)
    .join(" · ");
}

/** Beside the map: what of the store is not on it. */
export function offTheMap({ outside, undrawn }: StoreMap): string {
  return [
    outside > 0
      ? `${counted(outside, "exception")} ${outside === 1 ? "points" : "point"} far behind the end`
      : "",
    undrawn > 0n ? `${counted(undrawn, "chunk")} behind the last one drawn` : "",
  ]
    .filter(Boolean)
    .join(" · ");
}
