import { createHash } from "node:crypto";
import {
  assembleGroups,
  type PhysicalVolume,
  readPhysicalVolume,
} from "../src/container/lvm2/lvm2.ts";
import type { BlockSource } from "../src/source/block-source.ts";
import { BytesSource } from "../src/source/bytes-source.ts";
import { DISK_ROWS, type DiskRow, diskFiles } from "./disk-rows.ts";

/** Disks as they are, without a wrapper; the wrappers' rows are about the same disk. */
export const PLAIN_DISKS = DISK_ROWS.filter((row) => !row.file_info && row.id !== "bare-partition");

const MBR_FIRST_START = 446 + 8;

/** Every PV of a row: on the whole disk, in a partition that the row tells, in a guest's disk. */
async function pvsOf(row: DiskRow): Promise<PhysicalVolume[]> {
  const pvs: PhysicalVolume[] = [];
  for (const [i, { name, bytes }] of diskFiles(row).entries()) {
    const parts = (row.partition_table?.[i]?.partitions ?? []).map(
      ({ n, start_bytes, bytes: length }) => ({
        where: `partition ${n}`,
        part: bytes.subarray(start_bytes, start_bytes + length),
      }),
    );
    for (const { where, part } of [{ where: name, part: bytes }, ...parts]) {
      const pv = await readPhysicalVolume(new BytesSource(part), where);
      if (pv) pvs.push(pv);
    }
  }
  return pvs;
}

export async function whole(source: BlockSource | null | undefined): Promise<Uint8Array> {
  if (!source) throw new Error("it has no source");
  return source.read([{ offset: 0, length: source.size }]);
}

export const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

export async function groupsOf(row: DiskRow) {
  const outer = assembleGroups(await pvsOf(row));
  if (row.id !== "nested") return outer;
  const guest = outer.groups[0]?.volumes.find(({ name }) => name === "guest")?.source;
  const disk = await whole(guest);
  const start = new DataView(disk.buffer).getUint32(MBR_FIRST_START, true) * 512;
  const pv = await readPhysicalVolume(new BytesSource(disk.subarray(start)), "guest");
  const inner = assembleGroups(pv ? [pv] : []);
  return { groups: [...outer.groups, ...inner.groups], problems: inner.problems };
}
