/** Whether a name is "." or "..". */
export const isDots = (name: Uint8Array): boolean =>
  name.length <= 2 && name.length > 0 && name.every((byte) => byte === 0x2e);
