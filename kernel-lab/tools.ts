import { LabError, tryRun } from "./shell.ts";

/** Commands that must be on the host, and the Debian package that brings each. */
const TOOLS = {
  "qemu-system-x86_64": "qemu-system-x86",
  gcc: "gcc",
  gzip: "gzip",
  tar: "tar",
  xz: "xz-utils",
} as const;

const isInstalled = async (command: string) =>
  (await tryRun("sh", ["-c", `command -v ${command}`])).code === 0;

/** Installs what is missing where that is possible: on Debian, as root. */
export async function ensureTools(): Promise<void> {
  const missing: string[] = [];
  for (const [command, debianPackage] of Object.entries(TOOLS)) {
    if (!(await isInstalled(command))) missing.push(debianPackage);
  }
  if (missing.length === 0) return;
  if (process.getuid?.() === 0 && (await isInstalled("apt-get"))) {
    // A static libc is only recommended by gcc.
    const packages = missing.includes("gcc") ? [...missing, "libc6-dev"] : missing;
    await tryRun("apt-get", ["update"]);
    const install = ["install", "-y", "--no-install-recommends", ...packages];
    if ((await tryRun("apt-get", install)).code === 0) return;
  }
  throw new LabError(`the kernel lab needs these Debian packages: ${missing.join(" ")}`);
}
