import { spawn } from "node:child_process";

/** Runs a command with our own input and output. @returns whether it ended well */
export function run(command, args, env = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { stdio: "inherit", env: { ...process.env, ...env } });
    child.on("error", (error) => {
      console.error(`${command}: ${error.message}`);
      resolve(false);
    });
    child.on("close", (code) => resolve(code === 0));
  });
}

/** npm through its own script where npm started us: that is the one way that needs no shell anywhere. */
export function npm(args, env) {
  const script = process.env.npm_execpath;
  return script ? run(process.execPath, [script, ...args], env) : run("npm", args, env);
}

/** One of package.json's scripts, so that a step here and the same step by hand are one command. */
export function npmScript(name, args = [], env = {}) {
  return npm(["run", "--silent", name, ...(args.length ? ["--", ...args] : [])], env);
}
