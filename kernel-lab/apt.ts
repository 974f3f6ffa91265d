import { mkdir, readdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { LabError, run, tryRun } from "./shell.ts";

export interface DebianRelease {
  name: string;
  /** Archive and suite of each list of packages. */
  suites: readonly string[];
}

const MIRROR = "http://deb.debian.org";
const KEYS = "/usr/share/keyrings/debian-archive-keyring.gpg";

/**
 * The packages of one Debian release, whatever release this machine runs: lists, cache and sources
 * are its own, so that the machine's stay as they are.
 */
export class Apt {
  private constructor(
    private readonly options: readonly string[],
    /** Null, or why the mirror gave no fresh lists. */
    readonly stale: string | null,
  ) {}

  /** @param folder of this release's lists alone */
  static async open(folder: string, { name, suites }: DebianRelease): Promise<Apt> {
    const [state, cache] = [path.join(folder, "state"), path.join(folder, "cache")];
    await mkdir(path.join(state, "lists/partial"), { recursive: true });
    await mkdir(path.join(cache, "archives/partial"), { recursive: true });
    const sources = path.join(folder, `${name}.list`);
    const source = (suite: string) => {
      const [archive, part] = suite.split(" ");
      return `deb [arch=amd64 signed-by=${KEYS}] ${MIRROR}/${archive} ${part} main\n`;
    };
    await writeFile(sources, suites.map(source).join(""));
    // Nothing of the machine's counts as installed.
    await writeFile(path.join(folder, "status"), "");
    const options = [
      `Dir::State=${state}`,
      `Dir::State::status=${path.join(folder, "status")}`,
      `Dir::Cache=${cache}`,
      `Dir::Etc::sourcelist=${sources}`,
      "Dir::Etc::sourceparts=-",
      "APT::Architecture=amd64",
      "APT::Sandbox::User=root",
      "Acquire::Languages=none",
      // A release that has come to its end signs no new lists.
      "Acquire::Check-Valid-Until=false",
      "Acquire::Retries=2",
    ].flatMap((option) => ["-o", option]);
    // Without Error-Mode apt-get is content with the lists it has.
    const update = await tryRun("apt-get", [
      ...options,
      "-o",
      "APT::Update::Error-Mode=any",
      "update",
    ]);
    return new Apt(options, update.code === 0 ? null : reason(update.stderr));
  }

  /** The names of the packages that this one depends on; empty where there is no such package. */
  async dependencies(name: string): Promise<string[]> {
    const { stdout } = await tryRun("apt-cache", [...this.options, "depends", name]);
    return [...stdout.matchAll(/^ {2}Depends: (\S+)$/gm)].map(([, needed]) => needed ?? "");
  }

  /** Unpacks them all into one folder; nothing is installed. */
  async unpack(names: readonly string[], folder: string): Promise<void> {
    const downloads = path.join(folder, "downloads");
    await mkdir(downloads, { recursive: true });
    const got = await tryRun("apt-get", [...this.options, "download", ...names], downloads);
    if (got.code !== 0) {
      throw new LabError(`cannot download ${names.join(" ")}: ${reason(got.stderr)}`);
    }
    for (const file of await readdir(downloads)) {
      await run("dpkg-deb", ["-x", path.join(downloads, file), folder]);
    }
    await rm(downloads, { recursive: true });
  }
}

/** The first line in which apt says what is wrong. */
function reason(stderr: string): string {
  const said = stderr.split("\n").find((line) => /^[EW]: /.test(line));
  return said?.slice(3) ?? "apt-get failed";
}
