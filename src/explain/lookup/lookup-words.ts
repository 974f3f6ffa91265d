import type { LookupException, LookupReport, NoRead } from "../../protocol/lookup.ts";
import { hex, plural, sentences } from "../words.ts";

/** What a lookup found, in sentences. */
export function lookupWords(report: LookupReport): string {
  return report.asked.device === "origin" ? originWords(report) : cowWords(report);
}

/** “chunk 7, byte 12 of it (0x700c)”. */
function placeWords({ asked, chunk, offset, within }: LookupReport): string {
  if (asked.unit === "chunk") return `chunk ${chunk} (from byte ${hex(BigInt(offset))})`;
  const sector = asked.unit === "sector" ? `sector ${asked.number}, ` : "";
  return `${sector}byte ${hex(BigInt(offset))}, which is byte ${within} of chunk ${chunk},`;
}

function originWords(report: LookupReport): string {
  const { kind, exceptionCount, reads, noRead } = report;
  const place = `Of the origin, ${placeWords(report)}`;
  if (kind === "beyond-end") return `${place} lies behind its end.`;
  const mapped =
    kind === "not-mapped"
      ? `${place} has no exception.`
      : `${place} has ${plural(BigInt(exceptionCount), "exception")}: ${named(report)}.`;
  const read =
    reads === null
      ? noRead && NO_READ[noRead]
      : reads.from === "error"
        ? "The kernel answers a read of the snapshot there with EIO."
        : reads.from === "origin"
          ? "The snapshot reads the origin there, as it is now."
          : `The snapshot reads chunk ${reads.chunk} of the COW device, byte ${hex(BigInt(reads.offset))}.`;
  return sentences(mapped, several(report), read ?? "");
}

const NO_READ: Record<NoRead, string> = {
  "not-activated": "This kernel does not activate the store, so there is no snapshot to read.",
  "other-chunk-size":
    "This kernel reads the areas by another chunk size than the store was made with: what it makes of this chunk cannot be told from these exceptions.",
  tangled: "Which of them is read cannot be told in reasonable time: the table is too tangled.",
  "beyond-origin": "",
};

function cowWords(report: LookupReport): string {
  const { kind, chunk, exceptionCount } = report;
  const place = `Of the COW device, ${placeWords(report)}`;
  switch (kind) {
    case "beyond-end":
      return sentences(`${place} lies behind its end.`, wild(report));
    case "tail":
      return sentences(
        `${place} lies behind the last whole chunk of the device: no exception can use it.`,
        wild(report),
      );
    case "header":
      return `${place} is the header${report.field === null ? "" : `: the field ${report.field}`}.`;
    case "metadata":
      return `${place} is ${metadataWords(report)}`;
    case "free":
      return `${place} is free: a data chunk that was not handed out yet.`;
    case "unnamed":
      return `${place} is a data chunk that no exception names, although chunks behind it are in use: if it holds data, nothing tells any more of which chunk of the origin.`;
    default:
      return sentences(
        exceptionCount === "1"
          ? `${place} is the data of ${ofOrigin(report.exceptions[0])}.`
          : `${place} is named by ${exceptionCount} exceptions, of which one at most can be right: ${named(report)}.`,
        unused(report, chunk),
      );
  }
}

/** Exceptions that name what is not there. */
function wild(report: LookupReport): string {
  const { exceptionCount } = report;
  if (exceptionCount === "0") return "";
  return `All the same, ${plural(BigInt(exceptionCount), "exception")} ${exceptionCount === "1" ? "names" : "name"} it: ${named(report)}.`;
}

function metadataWords({ area, index, entry, field, exceptions }: LookupReport): string {
  const where =
    index === null ? `metadata area ${area}` : `entry ${index} of metadata area ${area}`;
  const part = field === null ? "" : `, in its ${field}`;
  const [exception] = exceptions;
  switch (entry) {
    case "exception":
      return exception
        ? `${where}${part}: chunk ${exception.oldChunk} of the origin lies in chunk ${exception.newChunk}.`
        : `${where}${part}.`;
    case "end-of-table":
      return `${where}${part}, which ends the table.`;
    case "behind-the-end":
      return `${where}${part}, behind the end of the table: the kernel never looks at it.`;
    case "never-read":
      return `${where}${part}, to which the reader never comes: the table ends before.`;
    default:
      return `${where}.`;
  }
}

const ofOrigin = (exception: LookupException | undefined): string =>
  exception
    ? `the origin from byte ${hex(BigInt(exception.originOffset))} on (${entryOf(exception)})`
    : "the origin";

const entryOf = ({ area, index, oldChunk, newChunk }: LookupException): string =>
  `area ${area}, entry ${index}: chunk ${oldChunk} in chunk ${newChunk}`;

/** How many exceptions a sentence lists. */
const MOST_NAMED = 8;

function named({ exceptions }: LookupReport): string {
  const shown = exceptions.slice(0, MOST_NAMED).map(entryOf);
  return shown.join("; ") + (exceptions.length > MOST_NAMED ? "; …" : "");
}

/** Which of several for one chunk of the origin the kernel finds. */
function several({ exceptions, exceptionCount }: LookupReport): string {
  if (exceptionCount === "0" || exceptionCount === "1") return "";
  const read = exceptions.filter(({ inForce }) => inForce === true);
  const [one] = read;
  if (!one) return "";
  return read.length === exceptions.length
    ? "They all say the same."
    : `The kernel finds the one in area ${one.area}, entry ${one.index}.`;
}

function unused({ exceptions }: LookupReport, chunk: string): string {
  const [one] = exceptions;
  if (exceptions.length !== 1 || one?.inForce !== false) return "";
  return `The kernel does not read chunk ${chunk} by it: another exception for the same chunk of the origin is found first.`;
}
