import type { Progress } from "../protocol/check.ts";
import { byteSize, counted } from "../ui/format.ts";

/** "read 8 KiB: header and 1 area". */
export const whatWasRead = ({ bytes, areas }: Progress): string =>
  `read ${byteSize(bytes)}: header and ${counted(areas, "area")}`;

/** The same while it goes on. */
export const whatIsRead = ({ bytes, areas, exceptions }: Progress): string =>
  `${counted(areas, "area")}, ${counted(exceptions, "exception")}, ${byteSize(bytes)} so far`;
