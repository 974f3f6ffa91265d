import { existsSync, writeFileSync } from "node:fs";
import path from "node:path";
import { SECTOR } from "../disk.ts";
import { REPRODUCERS } from "./reproducers.ts";

/** Writes a reproducer's store and origin as new files, and prints how to hand them to a kernel. */
const [name, folder] = process.argv.slice(2);
const found = REPRODUCERS.find((one) => one.name === name);
if (!found || folder === undefined) {
  const names = REPRODUCERS.map((one) => one.name).join(" | ");
  console.error(`usage: npm run kernel-bug -- (${names}) FOLDER`);
  process.exit(1);
}
const file = (what: string) => path.join(folder, `${found.name}.${what}.img`);
const KINDS = ["cow", "origin"] as const;
const there = existsSync(folder) ? KINDS.map(file).find((path) => existsSync(path)) : folder;
if (there !== undefined) {
  console.error(there === folder ? `no folder: ${folder}` : `is there already: ${there}`);
  process.exit(1);
}
for (const what of KINDS) {
  writeFileSync(file(what), found[what], { flag: "wx" });
}
console.log(`In a virtual machine that may die, as root:

cow=$(losetup --show -f ${file("cow")})
origin=$(losetup --show -f -r ${file("origin")})
dmsetup create snap -r --table "0 ${found.origin.length / SECTOR} snapshot $origin $cow P ${found.tableChunk}"
sha256sum /dev/mapper/snap`);
