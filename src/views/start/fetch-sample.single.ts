import { fromBase64 } from "../../protocol/base64.ts";
import type { Sample } from "./samples.ts";

/** The samples themselves, packed: in base64 of gzip. */
const FILES = import.meta.glob<string>("../../../public/samples/*", {
  query: "?gzip",
  import: "default",
  eager: true,
});

/** Out of the single file: nothing is fetched. */
export function fetchSample({ file }: Sample): Promise<Blob> {
  const packed = FILES[`../../../public/samples/${file}`];
  if (packed === undefined) throw new Error(`${file} is not in this page`);
  const bytes = new Blob([fromBase64(packed)]).stream();
  return new Response(bytes.pipeThrough(new DecompressionStream("gzip"))).blob();
}
