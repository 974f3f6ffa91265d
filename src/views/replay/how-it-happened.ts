import type { StoreReader } from "../../client/held-store.ts";
import type { RaceAsker } from "../../client/race-client.ts";
import type { RaceStart } from "../../protocol/race.ts";
import type { Retraced } from "../../protocol/retrace.ts";
import type { OpenedStore } from "../../protocol/store-service.ts";

/** Asked once of each open store; forgotten with it. */
const answers = new WeakMap<StoreReader, Promise<Retraced | null>>();

/** Whether any finding speaks of the race: of other stores there is nothing to retrace. */
export const isRaced = ({ report }: OpenedStore): boolean =>
  report.findings.some(({ code }) => code.startsWith("race."));

/** A schedule that leaves the open store's bytes as they were found; null: none is known. */
export function howItHappened(
  store: OpenedStore,
  reader: StoreReader,
  race: RaceAsker,
): Promise<Retraced | null> {
  const known = answers.get(reader);
  if (known !== undefined) return known;
  const answer = isRaced(store) ? ask(store, reader, race) : Promise.resolve(null);
  answers.set(reader, answer);
  return answer;
}

async function ask(
  store: OpenedStore,
  reader: StoreReader,
  race: RaceAsker,
): Promise<Retraced | null> {
  const found = await reader.raceStart();
  const start = found.ok ? found.value : null;
  const header = await reader.headerChunk();
  if (start === null || !header.ok) return null;
  const area = start.area < store.areaCount ? await reader.areaChunk(start.area) : null;
  const { image, options } = store.report;
  const retraced = await race.retrace({
    start,
    headerChunk: header.value.bytes,
    areaChunk: area?.ok ? area.value.bytes : null,
    cowChunks: wholeChunks(image.sectors, start),
    originChunks: wholeChunks(options.originSectors, start),
  });
  return retraced.ok ? retraced.value : null;
}

const wholeChunks = (sectors: string | null, { chunkSize }: RaceStart): bigint | null =>
  sectors === null ? null : BigInt(sectors) / BigInt(chunkSize);
