import {
  assembleGroups,
  type LogicalVolume,
  type PhysicalVolume,
  readPhysicalVolume,
} from "../src/container/lvm2/lvm2.ts";
import { BytesSource } from "../src/source/bytes-source.ts";
import type { Extent } from "../src/source/mapping.ts";
import { buildPv } from "./lvm2-builder.ts";
import { type DeviceSpec, type GroupSpec, groupText, uuid } from "./lvm2-text.ts";

export const SECTOR = 512;
/** Where the metadata area of a built device lies; it reaches up to its first extent. */
const MDA_AT = 4096;

export const mdaOf = ({ peStart }: Pick<DeviceSpec, "peStart">) => ({
  at: MDA_AT,
  bytes: peStart * SECTOR - MDA_AT,
});

/** What the builder's device holds from byte `at` on: each byte says which device and sector it is of. */
export function contentOf(device: number, at: number, length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  for (let i = 0; i < length; i++) {
    bytes[i] = device * 71 + Math.floor((at + i) / SECTOR) * 13 + ((at + i) % SECTOR);
  }
  return bytes;
}

/** The devices of a group, each with its text, by the size that their extents need. */
export function buildDevices(spec: GroupSpec): Uint8Array[] {
  const extent = (spec.extentSize ?? 8) * SECTOR;
  return spec.devices.map(({ name, id, peStart, peCount }, i) =>
    buildPv({
      bytes: peStart * SECTOR + peCount * extent,
      uuid: id ?? uuid(name),
      mdas: [{ ...mdaOf({ peStart }), text: groupText(spec) }],
      content: contentOf(i, 0, peStart * SECTOR + peCount * extent),
    }),
  );
}

export async function readPvs(devices: readonly Uint8Array[]): Promise<PhysicalVolume[]> {
  const pvs = devices.map((bytes, i) => readPhysicalVolume(new BytesSource(bytes), `disk${i}`));
  return (await Promise.all(pvs)).filter((pv) => pv !== null);
}

export async function readGroup(spec: GroupSpec) {
  const assembled = assembleGroups(await readPvs(buildDevices(spec)));
  const [group] = assembled.groups;
  if (!group) throw new Error(`no group was found: ${JSON.stringify(assembled.problems)}`);
  const found = (name: string): LogicalVolume => {
    const volume = group.volumes.find((one) => one.name === name);
    if (!volume) throw new Error(`no volume is called ${name}`);
    return volume;
  };
  return { ...assembled, group, volume: found };
}

/** Where all of a volume's bytes lie: `child` counts in its source's children. */
export async function extentsOf({ source, name, why }: LogicalVolume): Promise<Extent[]> {
  if (!source) throw new Error(`${name} has no source: ${why}`);
  return source.locate({ offset: 0, length: source.size });
}

export async function bytesOf({ source, name, why }: LogicalVolume): Promise<Uint8Array> {
  if (!source) throw new Error(`${name} has no source: ${why}`);
  return source.read([{ offset: 0, length: source.size }]);
}
