import { spawn } from "node:child_process";
import { open, readFile } from "node:fs/promises";
import path from "node:path";

/**
 * A guest that says nothing for so long is stuck. A case takes half a second, but on a busy computer
 * the guest comes last.
 */
const SILENCE_MS = 300_000;
const MEMORY_MIB = 2048;
/** Sparse: only what the guest leaves there takes space. */
const RESULTS_BYTES = 512 * 2 ** 20;

const KERNEL_ARGUMENTS = [
  "console=ttyS0",
  "loglevel=4",
  // Where a whole kernel goes down, the boot ends at once.
  "panic=-1",
  // On a busy computer the emulated timer comes too late for the kernel's test of it.
  "no_timer_check",
  // Every device that is taken down waits for RCU.
  "rcupdate.rcu_expedited=1",
];

export interface Machine {
  kernel: string;
  initramfs: string;
}

export interface BootResult {
  /** What the guest said on its second serial port. */
  answers: string;
  console: string;
  /** The disk on which the guest left files, as a tar. */
  results: string;
  /** Whether it had to be stopped. */
  stuck: boolean;
}

/** Boots the kernel once over a tar of jobs, without KVM, and waits until the guest is done. */
export async function boot(machine: Machine, jobs: string, folder: string): Promise<BootResult> {
  const results = path.join(folder, "results.img");
  const disk = await open(results, "w");
  await disk.truncate(RESULTS_BYTES);
  await disk.close();
  const log = path.join(folder, "console.log");
  const { answers, stuck } = await listen([
    // One CPU: cases run one after another, and cowscope is asked meanwhile on the host's others.
    ...["-accel", "tcg", "-cpu", "max", "-smp", "1", "-m", `${MEMORY_MIB}`],
    ...["-nodefaults", "-display", "none", "-no-reboot"],
    ...["-kernel", machine.kernel, "-initrd", machine.initramfs],
    ...["-append", KERNEL_ARGUMENTS.join(" ")],
    ...["-serial", `file:${log}`],
    ...["-chardev", "stdio,id=answers,signal=off", "-serial", "chardev:answers"],
    ...["-drive", `file=${jobs},format=raw,if=virtio,readonly=on`],
    ...["-drive", `file=${results},format=raw,if=virtio`],
  ]);
  return { answers, stuck, results, console: await readFile(log, "latin1") };
}

function listen(args: readonly string[]): Promise<{ answers: string; stuck: boolean }> {
  // Behind everything else that this computer does: an emulated CPU takes all it can get.
  const qemu = spawn("nice", ["qemu-system-x86_64", ...args], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let answers = "";
  let stuck = false;
  const giveUp = () => {
    stuck = true;
    qemu.kill();
  };
  let timer = setTimeout(giveUp, SILENCE_MS);
  qemu.stdout.setEncoding("latin1").on("data", (text: string) => {
    answers += text;
    clearTimeout(timer);
    timer = setTimeout(giveUp, SILENCE_MS);
  });
  return new Promise((resolve, reject) => {
    qemu.on("error", reject);
    qemu.on("close", () => {
      clearTimeout(timer);
      resolve({ answers, stuck });
    });
  });
}
