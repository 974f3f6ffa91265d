import { CHUNK_KINDS } from "../../protocol/map.ts";

/** A colour as ImageData has it: four bytes, little-endian, so red is the lowest. */
export type Pixel = number;

export interface Palette {
  kinds: Pixel[];
  crossed: Pixel;
  found: Pixel;
  /** Of what is not fetched yet. */
  pending: Pixel;
  /** Of exceptions in the history. */
  dots: Pixel;
  /** CSS colours: of lines between cells, letters on them, and the cursor. */
  ground: string;
  ink: string;
  light: string;
  cursor: string;
}

/** The colours that the style sheet has for this element now. */
export function paletteOf(element: Element): Palette {
  const probe = document.createElement("span");
  element.append(probe);
  const css = (name: string): string => {
    probe.style.color = `var(--${name})`;
    return getComputedStyle(probe).color;
  };
  const pixel = (name: string): Pixel => pixelOf(css(name));
  const palette = {
    kinds: CHUNK_KINDS.map((kind) => pixel(`map-${kind}`)),
    crossed: pixel("map-crossed"),
    found: pixel("map-found"),
    pending: pixel("map-pending"),
    dots: pixel("map-metadata"),
    ground: css("map-ground"),
    ink: css("map-ink"),
    light: css("map-light"),
    cursor: css("map-cursor"),
  };
  probe.remove();
  return palette;
}

export function pixelOf(css: string): Pixel {
  const [red = 0, green = 0, blue = 0] = (css.match(/[\d.]+/g) ?? []).map(Number);
  return ((255 << 24) | (blue << 16) | (green << 8) | red) >>> 0;
}

/** Calls `changed` whenever the colours may be others. */
export function onColours(changed: () => void): () => void {
  const queries = ["(prefers-color-scheme: dark)", "(forced-colors: active)"].map((query) =>
    matchMedia(query),
  );
  for (const query of queries) query.addEventListener("change", changed);
  return () => {
    for (const query of queries) query.removeEventListener("change", changed);
  };
}

/** The element whose style sheet a canvas is drawn by. */
export const parentOf = (canvas: Element): Element => canvas.parentElement ?? document.body;
