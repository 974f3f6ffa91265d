import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  closeSync,
  ftruncateSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";
import { FILE_SYSTEMS, hasTools } from "../scripts/lib/tools.mjs";
import { seededRng } from "./random.ts";

/** Where CI is set they must be there: nothing is skipped. */
export const MKFS_IS_MISSING = !process.env.CI && !hasTools(FILE_SYSTEMS);
if (MKFS_IS_MISSING) {
  console.warn("SKIPPED: e2fsprogs or xfsprogs is not installed (npm test installs them)");
}

/** What stands where in a folder: sha256 of a file, the target of a symlink, "" for a directory. */
export function contentsOf(folder: string): Map<string, string> {
  const found = new Map<string, string>();
  for (const name of readdirSync(folder, { recursive: true, encoding: "utf8" })) {
    const path = join(folder, name);
    const status = lstatSync(path);
    if (status.isSymbolicLink()) found.set(`/${name}`, readlinkSync(path));
    else if (status.isDirectory()) found.set(`/${name}`, "");
    else found.set(`/${name}`, createHash("sha256").update(readFileSync(path)).digest("hex"));
  }
  return found;
}

export const MANY = 3000;

/** A folder with files of many kinds; the same at every call. */
export function makeFolder(folder: string): void {
  const rng = seededRng(10);
  const noise = (length: number) => Buffer.from(Array.from({ length }, () => rng.below(256)));
  const put = (name: string, bytes: Uint8Array) => writeFileSync(join(folder, name), bytes);
  for (const name of ["many", "deep", "deep/er", "deep/er/still", "empty"]) {
    mkdirSync(join(folder, name), { recursive: true });
  }
  for (let i = 0; i < MANY; i++) put(`many/a-rather-long-name-of-file-${i}`, Buffer.from(`${i}\n`));
  put("none", Buffer.alloc(0));
  put("short", Buffer.from("forty bytes, which fit into an inode.\n"));
  put("inode", noise(120));
  put("block", noise(5000));
  put("large", noise(1_500_000));
  put("deep/er/still/ümläut", noise(77));
  symlinkSync("../short", join(folder, "deep/link"));
  symlinkSync(`/${"long/".repeat(30)}end`, join(folder, "deep/long-link"));
  symlinkSync(`/${"longer/".repeat(100)}end`, join(folder, `deep/${LONGEST_LINK}`));
  holes(join(folder, SPARSE), noise(512));
  utimesSync(join(folder, "short"), 1_234_567_890, 1_234_567_890);
}

/** Every fourth 4 KiB has data, 400 times: many extents; then a hole to 20 MB, and data at its end. */
function holes(path: string, bytes: Uint8Array): void {
  const file = openSync(path, "w");
  for (let i = 0; i < 400; i++) writeSync(file, bytes, 0, bytes.length, i * 16384);
  writeSync(file, bytes, 0, bytes.length, 20_000_000);
  ftruncateSync(file, 20_100_000);
  closeSync(file);
}

/** mke2fs with a folder in it. @param megabytes of the image. */
export function ext(
  image: string,
  folder: string,
  megabytes: number,
  args: readonly string[],
): void {
  const size = `${megabytes}m`;
  execFileSync("mke2fs", ["-q", "-F", ...args, "-d", folder, image, size], { stdio: "pipe" });
}

/** With holes, which mkfs.xfs would write out. */
export const SPARSE = "sparse";
/** Longer than an inode of 512 bytes has room for: mkfs.xfs 6.1 leaves out the header that it needs. */
export const LONGEST_LINK = "longest-link";

/** mkfs.xfs with a folder in it, but for some names. */
export function xfs(
  image: string,
  folder: string,
  args: readonly string[],
  without: readonly string[],
): void {
  const prototype = `${image}.proto`;
  const lines: string[] = ["/", "0 0", "d--755 0 0"];
  protoOf(folder, lines, without);
  writeFileSync(prototype, `${lines.join("\n")}\n`);
  const size = ["-d", `file,name=${image},size=64m`];
  execFileSync("mkfs.xfs", ["-q", "--unsupported", "-f", ...args, "-p", prototype, ...size], {
    stdio: "pipe",
  });
}

function protoOf(folder: string, lines: string[], without: readonly string[]): void {
  for (const name of readdirSync(folder)) {
    if (without.includes(name)) continue;
    const path = join(folder, name);
    const status = lstatSync(path);
    if (status.isSymbolicLink()) lines.push(`${name} l--777 0 0 ${readlinkSync(path)}`);
    else if (status.isDirectory()) {
      lines.push(`${name} d--755 0 0`);
      protoOf(path, lines, without);
    } else lines.push(`${name} ---644 0 0 ${path}`);
  }
  lines.push("$");
}
