import { execFile } from "node:child_process";

/** Expected trouble on this machine (no package, no tool): one sentence for the person, no stack. */
export class LabError extends Error {}

export interface Outcome {
  code: number;
  stdout: string;
  stderr: string;
}

/** Runs a command and hands back what it said, whatever its exit code. */
export function tryRun(command: string, args: readonly string[], cwd?: string): Promise<Outcome> {
  const options = { cwd, maxBuffer: 1 << 28, env: { ...process.env, LC_ALL: "C" } };
  return new Promise((resolve) => {
    execFile(command, args, options, (error, stdout, stderr) => {
      const code = error === null ? 0 : typeof error.code === "number" ? error.code : 127;
      resolve({ code, stdout, stderr });
    });
  });
}

/** Runs a command that has to succeed. */
export async function run(command: string, args: readonly string[], cwd?: string): Promise<string> {
  const { code, stdout, stderr } = await tryRun(command, args, cwd);
  if (code !== 0) {
    const reason = stderr.trim().split("\n").at(-1) ?? "";
    throw new LabError(`${command} ${args[0] ?? ""} failed (exit ${code}): ${reason}`);
  }
  return stdout;
}

/** Runs a command whose output is bytes. */
export function runBinary(command: string, args: readonly string[]): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    execFile(command, args, { encoding: "buffer", maxBuffer: 1 << 28 }, (error, stdout) => {
      if (error === null) resolve(stdout);
      else reject(new LabError(`${command} ${args.join(" ")} failed`));
    });
  });
}
