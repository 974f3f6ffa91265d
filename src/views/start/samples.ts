/** A store made by a real kernel, served with the page. */
export interface Sample {
  file: string;
  name: string;
  title: string;
  note: string;
  bytes: number;
  /** Sectors in the table line that the kernel was given. */
  tableChunk?: number;
  originSectors?: number;
}

const folder = new URL("samples/", document.baseURI);

async function fetched(file: string): Promise<Response> {
  const response = await fetch(new URL(file, folder));
  if (!response.ok) throw new Error(`${file}: the server answered ${response.status}`);
  return response;
}

export const listSamples = async (): Promise<Sample[]> => (await fetched("index.json")).json();

export const fetchSample = async (sample: Sample): Promise<Blob> =>
  (await fetched(sample.file)).blob();
