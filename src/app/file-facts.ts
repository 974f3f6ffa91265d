import type { Progress } from "../protocol/check.ts";
import type { Report } from "../protocol/report.ts";
import { byteSize, counted } from "../ui/format.ts";

/**
 * "checked 8 KiB: header and 1 area". Not the bytes read: bytes that are looked at twice, as to
 * rank chunk sizes, would count twice.
 */
export function whatWasChecked({ verdict, image, areas, chunkSize }: Report): string {
  if (verdict.id === "not-a-store") return "no COW store";
  const whole = Number(image.bytes);
  const checked = Math.min((1 + areas.read) * chunkSize.sectors * 512, whole);
  const what = areas.read === 0 ? "the header" : `header and ${counted(areas.read, "area")}`;
  return `checked ${byteSize(checked)}: ${what}`;
}

/** The same while it goes on. */
export const whatIsRead = ({ areas, exceptions }: Progress): string =>
  `${counted(areas, "area")}, ${counted(exceptions, "exception")} so far`;
