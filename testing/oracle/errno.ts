/** The errors that activation can end in, and what dmsetup prints for each: strerror(). */
export const ERRNO_TEXT = {
  ENXIO: "No such device or address",
  EINVAL: "Invalid argument",
  EIO: "Input/output error",
} as const;

export type Errno = keyof typeof ERRNO_TEXT;
