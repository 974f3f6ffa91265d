import { SECTOR } from "./disk.ts";
import { pythonRandomBytes } from "./python-random.ts";

/** One change to a store. Offsets and lengths are in bytes, sizes of the device in sectors. */
export type Op =
  | { op: "write"; off: number; hex: string }
  | { op: "zero"; off: number; len: number }
  | { op: "copy"; src: number; dst: number; len: number }
  | { op: "noise"; off: number; len: number; pyseed: number }
  | { op: "truncate"; sectors: number }
  | { op: "extend_with_zeros"; sectors: number };

export const toHex = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex");
const fromHex = (hex: string) => new Uint8Array(Buffer.from(hex, "hex"));

/** Applies a recipe to a copy of `image`; what falls beyond its end is lost, as on a device. */
export function applyRecipe(image: Uint8Array, recipe: readonly Op[]): Uint8Array {
  return recipe.reduce(apply, image.slice());
}

function apply(image: Uint8Array, op: Op): Uint8Array {
  const put = (offset: number, content: Uint8Array) => {
    if (offset < image.length) image.set(content.subarray(0, image.length - offset), offset);
    return image;
  };
  switch (op.op) {
    case "write":
      return put(op.off, fromHex(op.hex));
    case "zero":
      return image.fill(0, op.off, op.off + op.len);
    case "copy":
      return put(op.dst, image.slice(op.src, op.src + op.len));
    case "noise":
      return put(op.off, pythonRandomBytes(op.pyseed, op.len));
    case "truncate":
    case "extend_with_zeros":
      return resized(image, op.sectors * SECTOR);
  }
}

function resized(image: Uint8Array, size: number): Uint8Array {
  const result = new Uint8Array(size);
  result.set(image.subarray(0, size));
  return result;
}
