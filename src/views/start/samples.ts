import index from "./samples.json";

/** A store, or a disk with some inside, made by a real kernel and served with the page. */
export interface Sample {
  /** As an address names it. */
  id: string;
  file: string;
  name: string;
  title: string;
  note: string;
  bytes: number;
}

export const SAMPLES: readonly Sample[] = index.map((entry) => ({
  ...entry,
  id: entry.file.replace(/\.img(\.gz)?$/, ""),
}));

export const findSample = (id: string): Sample | null =>
  SAMPLES.find((sample) => sample.id === id) ?? null;
