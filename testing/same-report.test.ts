import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { optionsForm, readOptions } from "../src/app/options-form.ts";
import { CHECK_ALL, checkImage } from "../src/cli/check-image.ts";
import { parseCheckArguments } from "../src/cli/check-options.ts";
import { reportLine } from "../src/explain/report/report.ts";
import { type CheckOptions, DEFAULT_OPTIONS } from "../src/protocol/check.ts";
import { KERNEL_AGES } from "../src/protocol/kernel-ages.ts";
import { createStoreService } from "../src/worker/store-service.ts";
import { loadCore } from "./check-bytes.ts";
import { diskFolder, diskRow } from "./disk-rows.ts";
import { FIXTURES, fixtureBytes } from "./fixtures.ts";
import { type Rng, seededRng } from "./random.ts";

const folder = mkdtempSync(join(tmpdir(), "cowscope-same-"));
afterAll(() => rmSync(folder, { recursive: true }));

const PAIRS = 200;

/** Options as a person would type them on either side; "" is left out. */
interface Typed {
  tableChunk: string;
  originSectors: string;
  blockSize: string;
  kernel: string;
}

function typedOptions(rng: Rng): Typed {
  return {
    tableChunk: rng.pick(["", "", "0", "1", "7", "8", "16", "64", "4294967295"]),
    originSectors: rng.pick(["", "0", "148", "2048", "36028797018963967"]),
    blockSize: rng.pick(["512", "512", "1024", "2048", "4096"]),
    kernel: rng.pick(KERNEL_AGES).id,
  };
}

/** The command's own way from its arguments to what it prints. */
async function byCommand(bytes: Uint8Array, typed: Typed): Promise<string> {
  const path = join(folder, "store.img");
  writeFileSync(path, bytes);
  const args = ["--json", path, `--block-size=${typed.blockSize}`];
  if (typed.tableChunk !== "") args.push("--table-chunk", typed.tableChunk);
  if (typed.originSectors !== "") args.push("--origin-sectors", typed.originSectors);
  const parsed = parseCheckArguments(args);
  // By its id: what --kernel makes of a release is testing/ages.test.ts's.
  const options = { ...parsed.options, kernel: typed.kernel };
  const call = { ...CHECK_ALL, options, shape: { json: true, colour: false } };
  let output = "";
  for await (const answer of checkImage(await loadCore(), path, call)) output += answer.output;
  return output;
}

/** The page's own way from its form through the worker to what it saves. */
async function byPage(bytes: Uint8Array, typed: Typed): Promise<string> {
  const options = readOptions({ ...optionsForm(DEFAULT_OPTIONS), ...typed });
  if (options === null) throw new Error("the form has a complaint");
  const service = createStoreService(loadCore);
  const image = new Blob([new Uint8Array(bytes)]);
  const opened = await service.open(image, "store.img", options, () => {});
  if (!opened.ok) throw new Error(opened.problem.message);
  return reportLine(opened.value.report);
}

/** What the page says of every store in a disk, once opened and once in the background. */
async function storesByPage(path: string, options: CheckOptions) {
  const service = createStoreService(loadCore);
  const blob = new Blob([new Uint8Array(readFileSync(path))]);
  const looked = await service.look([{ blob, name: basename(path) }], () => {});
  if (!looked.ok || !looked.value) throw new Error(`nothing was found in ${path}`);
  const { machine, tree } = looked.value;
  let opened = "";
  let checked = "";
  for (const { node } of tree.stores) {
    const store = await service.openFound(machine, node, options, () => {});
    const report = await service.checkFound(machine, node, options, () => {});
    if (!store.ok || !report.ok) throw new Error(`node ${node} was not checked`);
    opened += reportLine(store.value.store.report);
    checked += reportLine(report.value.report);
  }
  return { opened, checked };
}

const rng = seededRng(200);
const pairs = Array.from({ length: PAIRS }, (_, n) => {
  const fixture = rng.pick(FIXTURES);
  const typed = typedOptions(rng);
  return { name: `${n}: ${fixture.id} ${Object.values(typed).join(" ")}`, fixture, typed };
});

describe("page and command give the same report, byte for byte", () => {
  test.each(pairs)("$name", async ({ fixture, typed }) => {
    const bytes = fixtureBytes(fixture);
    const printed = await byCommand(bytes, typed);
    expect(printed).toContain('"schema":"cowscope.report/1"');
    expect(await byPage(bytes, typed)).toBe(printed);
  });

  test.each(["nested", "names", "merge-scheduled", "qcow2-zlib", "gzip-members", "fs-xfs"])(
    "of every store in the disk %s",
    async (id) => {
      const [path = ""] = diskFolder(diskRow(id));
      const args = ["--json", path, "--origin-sectors", "2048", "--block-size", "4096"];
      for (const given of [["--json", path], args]) {
        const { options } = parseCheckArguments(given);
        const call = { ...CHECK_ALL, options, shape: { json: true, colour: false } };
        let printed = "";
        for await (const answer of checkImage(await loadCore(), path, call)) {
          printed += answer.output;
        }
        expect(printed.split("\n").length - 1).toBe(diskRow(id).stores.length);
        expect(await storesByPage(path, options)).toEqual({ opened: printed, checked: printed });
      }
    },
  );

  test("also of what is no store", async () => {
    const typed = { tableChunk: "", originSectors: "", blockSize: "512", kernel: "modern" };
    const bytes = Buffer.alloc(8192, "no store at all, and nothing like one. ");
    const printed = await byCommand(bytes, typed);
    expect(printed).toContain("not-a-store");
    expect(await byPage(bytes, typed)).toBe(printed);
  });
});
