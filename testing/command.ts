import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

/** The command as it was built, for `node`. */
export const BIN = fileURLToPath(new URL("../bin/cowscope.js", import.meta.url));

/** Where and on what it runs; milliseconds. */
interface Run {
  cwd?: string;
  input?: string | Uint8Array;
  timeout?: number;
}

/** Runs the command as a person does; one that hangs has no status. */
export function cowscope(args: readonly string[], { timeout = 60_000, ...rest }: Run = {}) {
  const { status, stdout, stderr } = spawnSync("node", [BIN, ...args], {
    encoding: "utf8",
    timeout,
    ...rest,
  });
  return { status, stdout, stderr };
}
