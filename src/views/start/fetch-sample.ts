import type { Sample } from "./samples.ts";

export async function fetchSample({ file }: Sample): Promise<Blob> {
  const response = await fetch(new URL(`samples/${file}`, document.baseURI));
  if (!response.ok) throw new Error(`${file}: the server answered ${response.status}`);
  return response.blob();
}
