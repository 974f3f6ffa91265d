import type { TableRepair } from "../../protocol/repair.ts";
import { plural } from "../words.ts";
import { listing } from "./header-words.ts";

const counted = (count: number, words: (count: string) => string): string[] =>
  count === 0 ? [] : [words(plural(count, "exception"))];

/** What a mended table has that it had not. */
export function tableBrings(table: TableRepair): string {
  const parts = [
    ...counted(table.taken, (n) => `${n} moved from chunk 0 into the area, each at its own index`),
    ...counted(table.reattached, (n) => `${n} from behind a gap read again`),
    ...counted(table.restored, (n) => `the new_chunk of ${n} put back by its place in the table`),
    ...counted(table.masked, (n) => `bits 56–63 cleared in ${n}`),
  ];
  const brings = parts.length === 0 ? "" : `It brings ${listing(parts)}. `;
  return `${brings}The table then holds ${plural(table.exceptions, "exception")}, and nothing behind its end.`;
}

/** What is taken out of it. */
export function tableDrops(table: TableRepair): string[] {
  const parts = [
    ...counted(table.droppedHeader, () => "the header's own bytes, which stand in an area"),
    ...counted(table.droppedOld, (n) => `${n} for a chunk that no origin has`),
    ...counted(table.droppedNew, (n) => `${n} that name no data chunk of this device`),
    ...counted(table.droppedShared, (n) => `${n} in chunk 0 whose data chunk another one names`),
    ...counted(table.droppedTwice, (n) => `${n} for origin chunks that another one is read for`),
    ...counted(
      table.droppedNoRoom,
      (n) => `${n} at the end, so that the table ends on this device`,
    ),
  ];
  const left = counted(
    table.leftShared,
    (n) => `${n} that share a data chunk with another one stay: nothing tells which is right`,
  ).map((words) => `${words}.`);
  return parts.length === 0 ? left : [`It drops ${listing(parts)}.`, ...left];
}

/** Whether there is nothing to put in order. */
export const isUntouched = ({ changedBytes }: TableRepair): boolean => changedBytes === 0;

/** Whether anything was settled that the bytes do not prove. */
export function isGuessed(table: TableRepair): boolean {
  const { droppedHeader, droppedOld, droppedNew, droppedTwice, droppedNoRoom, leftShared } = table;
  const dropped = droppedHeader + droppedOld + droppedNew + droppedTwice + droppedNoRoom;
  return dropped + leftShared > 0 || table.lost.origin.length > 0;
}
