/** All that lies around the bytes of a disk: loaded once the page stands, and not before. */
export { filePieces } from "../container/file-pieces.ts";
export { findStores, layersIn, type Machine } from "../container/find.ts";
export { outerLayer } from "../container/outer-layer.ts";
export { WRAPPERS } from "../container/wrappers.ts";
