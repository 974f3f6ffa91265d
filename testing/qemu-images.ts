import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { hasTools, QEMU } from "../scripts/lib/tools.mjs";
import type { DiskFile } from "./disk-rows.ts";
import type { Rng } from "./random.ts";

/** Where CI is set it must be there: nothing is skipped. */
export const QEMU_IS_MISSING = !process.env.CI && !hasTools(QEMU);
if (QEMU_IS_MISSING) {
  console.warn(
    "SKIPPED: qemu-img is not installed (npm test installs it; or: apt install qemu-utils)",
  );
}

/** How qemu-img is to make a disk. */
export interface Making {
  /** As qemu-img calls it. */
  format: string;
  /** Of -o; the last layer's where there are several. */
  options?: string;
  /** In bytes. */
  size: number;
  /** Clusters are packed where the format can. */
  packed?: boolean;
  /** Writes, zeroes and discards after it was made, as many. */
  commands?: number;
  /** Formats of overlays over it, bottom up, each with its own commands. */
  overlays?: { format: string; options?: string }[];
}

/** A disk image that qemu-img made, and the bytes that it converts it to. */
export interface Made {
  /** The image (the topmost overlay), then the others. */
  files: DiskFile[];
  flat: Uint8Array;
}

/** Position-dependent noise in places, zeros elsewhere: a byte from the wrong place never looks right. */
function content(rng: Rng, size: number): Uint8Array {
  const bytes = new Uint8Array(size);
  for (let at = 0; at < size; ) {
    const length = Math.min(rng.between(1, 300_000), size - at);
    // Six bits of noise a byte: half of it can be packed.
    if (rng.chance(0.6)) for (let i = at; i < at + length; i++) bytes[i] = rng.below(64);
    at += length;
  }
  return bytes;
}

/** @throws if a tool fails: an image that was not made proves nothing. */
export function makeImage(rng: Rng, making: Making): Made {
  const folder = mkdtempSync(join(tmpdir(), "cowscope-qemu-"));
  try {
    const tool = (name: string, ...args: string[]) => run(folder, name, args);
    writeFileSync(join(folder, "source.raw"), content(rng, making.size));
    writeFileSync(join(folder, "noise.raw"), content(rng, 1 << 20));
    const options = making.options ? ["-o", making.options] : [];
    const base = `base.${making.format}`;
    const pack = making.packed ? ["-c"] : [];
    tool("qemu-img", "convert", ...pack, "-O", making.format, ...options, "source.raw", base);
    change(rng, making, base, making.format, folder);
    const top = addOverlays(rng, making, base, folder);
    const topFormat = making.overlays?.at(-1)?.format ?? making.format;
    // Not what qemu takes it for: a fixed VHD it takes for raw.
    tool("qemu-img", "convert", "-f", topFormat, "-O", "raw", top, "flat.raw");
    const flat = new Uint8Array(readFileSync(join(folder, "flat.raw")));
    const own = ["source.raw", "noise.raw", "flat.raw", top];
    const others = readdirSync(folder).filter((name) => !own.includes(name));
    const files = [top, ...others].map((name) => ({
      name,
      bytes: new Uint8Array(readFileSync(join(folder, name))),
    }));
    return { files, flat };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function addOverlays(rng: Rng, making: Making, base: string, folder: string): string {
  let [below, format] = [base, making.format];
  for (const [i, overlay] of (making.overlays ?? []).entries()) {
    const name = `overlay${i}.${overlay.format}`;
    const options = overlay.options ? ["-o", overlay.options] : [];
    const over = ["-b", below, "-F", format, name];
    run(folder, "qemu-img", ["create", "-q", "-f", overlay.format, ...options, ...over]);
    change(rng, making, name, overlay.format, folder);
    [below, format] = [name, overlay.format];
  }
  return below;
}

/** Random writes of noise, zeroes and discards, aligned to sectors. */
function change(rng: Rng, making: Making, name: string, format: string, folder: string): void {
  const sectors = Math.floor(making.size / 512);
  const commands = Array.from({ length: making.commands ?? 0 }, () => {
    const length = rng.between(1, Math.min(rng.pick([8, 256, 2048]), sectors));
    const at = `${rng.between(0, sectors - length) * 512} ${length * 512}`;
    return rng.pick([
      `write -q -s noise.raw ${at}`,
      `write -q -s noise.raw ${at}`,
      `write -q -z ${at}`,
      `write -q -z -u ${at}`,
      `discard -q ${at}`,
    ]);
  });
  if (commands.length === 0) return;
  const args = commands.flatMap((command) => ["-c", command]);
  run(folder, "qemu-io", ["-d", "unmap", "-f", format, ...args, name]);
}

function run(cwd: string, name: string, args: readonly string[]): void {
  const ended = spawnSync(name, args, { cwd, encoding: "utf8" });
  // qemu-io ends well whatever went wrong.
  if (
    ended.status !== 0 ||
    (name === "qemu-io" && /fail|error/i.test(ended.stdout + ended.stderr))
  ) {
    throw new Error(
      `${name} ${args.join(" ")}: ${ended.stdout}${ended.stderr}${ended.error ?? ""}`,
    );
  }
}
