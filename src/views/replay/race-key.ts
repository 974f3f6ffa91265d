import type { RaceParams } from "../../protocol/race.ts";

/** Names parameters, for questions that are asked again only when those change. */
export const raceKey = (params: RaceParams): string =>
  JSON.stringify(params, (_, value: unknown) =>
    typeof value === "bigint" ? value.toString() : value,
  );
