/**
 * Copies a match: `length` bytes from `distance` back to `put`. Some of them may be bytes that it has
 * itself just written. Long ones, most of a sparse disk, go at the speed of memory.
 */
export function copyMatch(output: Uint8Array, put: number, distance: number, length: number): void {
  if (length >= 16) {
    if (distance === 1) {
      output.fill(output[put - 1] ?? 0, put, put + length);
      return;
    }
    if (distance >= length) {
      output.copyWithin(put, put - distance, put - distance + length);
      return;
    }
  }
  for (let i = put; i < put + length; i++) output[i] = output[i - distance] ?? 0;
}
