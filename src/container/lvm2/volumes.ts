import type { BlockSource } from "../../source/block-source.ts";
import { MappedSource } from "../../source/mapped-source.ts";
import type { Device } from "./device.ts";
import type { Resolved } from "./found.ts";
import type { GroupText, VolumeText } from "./group-text.ts";
import type { Lvm2Problem } from "./problems.ts";
import { Resolver } from "./resolve.ts";
import { segmentsOf, VolumeError } from "./segments.ts";
import { UnsupportedError } from "./unsupported.ts";
import type { LogicalVolume } from "./volume-group.ts";
import { VolumeMapping } from "./volume-mapping.ts";

export interface GivenDevice extends Device {
  source: BlockSource | null;
}

/** Every volume of the group as a source, but for LVM's `snapshotN`. */
export function volumesOf(
  group: GroupText,
  devices: readonly GivenDevice[],
  problems: Lvm2Problem[],
): LogicalVolume[] {
  const resolver = new Resolver(group, devices);
  const sources = devices.map(({ source }) => source);
  const volumes: LogicalVolume[] = [];
  for (const text of group.volumes) {
    const kind = kindOf(text);
    if (kind === "snapshot") continue;
    const path = `${group.name}/${text.name}`;
    const base = {
      name: text.name,
      uuid: text.uuid,
      kind,
      visible: text.status.has("VISIBLE"),
    };
    try {
      const resolved = resolver.resolve(text);
      const mapping = new VolumeMapping(path, resolved.layout, resolved.devices, sources);
      volumes.push({
        ...base,
        bytes: mapping.size,
        source: new MappedSource(mapping),
        why: whyOf(resolved),
        complete: resolved.missing.size === 0 && resolved.lacks === null,
        plain: resolved.plain,
        missing: [...resolved.missing],
      });
    } catch (error) {
      if (error instanceof VolumeError) problems.push(volumeProblem(path, error));
      else if (!(error instanceof UnsupportedError)) throw error;
      volumes.push({
        ...base,
        bytes: bytesOf(text, group),
        source: null,
        why: error.message,
        complete: false,
        plain: false,
        missing: [],
      });
    }
  }
  return volumes;
}

/** LVM mixes two: linear and striped. */
const MAX_TYPES = 8;

/** The types of the segments, each once. */
export function kindOf(text: VolumeText): string {
  try {
    const types = new Set(segmentsOf(text).map(({ type }) => type));
    return [...types].slice(0, MAX_TYPES).join(" + ");
  } catch (error) {
    if (error instanceof VolumeError) return "unknown";
    throw error;
  }
}

/** 0 where it cannot be told. */
function bytesOf(text: VolumeText, { extentBytes }: GroupText): number {
  try {
    const last = segmentsOf(text).at(-1);
    const bytes = last ? (last.start + last.extents) * extentBytes : 0;
    return Number.isSafeInteger(bytes) ? bytes : 0;
  } catch (error) {
    if (error instanceof VolumeError) return 0;
    throw error;
  }
}

function whyOf({ missing, lacks, note }: Resolved): string | null {
  const [first] = missing;
  if (first && missing.size === 1) return `a part of it lies on ${first}, which is missing`;
  if (first) return `parts of it lie on ${missing.size} missing disks, ${first} among them`;
  return lacks ?? note;
}

function volumeProblem(where: string, { message }: VolumeError): Lvm2Problem {
  return {
    code: "lvm.volume",
    message: `What the volume group's description says of a volume cannot be: ${message}`,
    where,
    expected: "segments that follow each other on devices or volumes of the group",
    found: message,
    todo: "LVM refuses a description with such a thing in it as a whole. Earlier ones lie in /etc/lvm/archive of the machine.",
  };
}
