import { diskImages } from "./disk-images.ts";
import { streams } from "./streams.ts";
import type { Wrapper } from "./wrapper.ts";

/** Every file format around a disk that can be read, in the order in which they are tried. */
export const WRAPPERS: readonly Wrapper[] = [...diskImages, ...streams];
