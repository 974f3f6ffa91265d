import { expect, test } from "vitest";
import { loadCore } from "../../testing/check-bytes.ts";
import { diskFiles, diskRow } from "../../testing/disk-rows.ts";
import { DEFAULT_OPTIONS } from "../protocol/check.ts";
import { createStoreService } from "./store-service.ts";

const ignore = () => {};
const filesOf = (id: string) =>
  diskFiles(diskRow(id)).map(({ name, bytes }) => ({ name, blob: new Blob([bytes.slice()]) }));

async function lookedInto(id: string) {
  const service = createStoreService(loadCore);
  const looked = await service.look(filesOf(id), ignore);
  if (!looked.ok || !looked.value) throw new Error(`nothing in ${id}`);
  return { service, ...looked.value };
}

test("a bare store, and a file that is empty, hold no more than themselves", async () => {
  const service = createStoreService(loadCore);
  const blob = new Blob([new Uint8Array(4096)]);
  expect(await service.look([{ name: "a", blob }], ignore)).toEqual({ ok: true, value: null });
  const none = [{ name: "b", blob: new Blob([]) }];
  expect(await service.look(none, ignore)).toEqual({ ok: true, value: null });
});

test("little of a disk is read to find its stores", async () => {
  const { bytes } = await lookedInto("nested");
  expect(bytes.whole).toBe(40 << 20);
  expect(bytes.read).toBeLessThan(bytes.whole / 10);
});

test("a machine that another took the place of is stale", async () => {
  const { service, machine, tree } = await lookedInto("nested");
  const [{ node } = { node: -1 }] = tree.stores;
  await service.look(filesOf("qcow2-v3"), ignore);
  expect(await service.openFound(machine, node, DEFAULT_OPTIONS, ignore)).toMatchObject({
    ok: false,
    problem: { code: "machine.stale" },
  });
});

test("looking into a disk stops when it is asked to", async () => {
  const service = createStoreService(loadCore);
  await service.warm();
  const looking = service.look(filesOf("gzip"), ignore);
  await service.cancel();
  expect(await looking).toMatchObject({ ok: false, problem: { code: "cancelled" } });
});

test("what plain disks hold of a store is told where it lies, what is packed is not", async () => {
  for (const [id, plain] of [
    ["nested", true],
    ["qcow2-zlib", false],
  ] as const) {
    const { service, machine, tree } = await lookedInto(id);
    const [{ node } = { node: -1 }] = tree.stores;
    const opened = await service.openFound(machine, node, DEFAULT_OPTIONS, ignore);
    if (!opened.ok) throw new Error(opened.problem.message);
    const { store, blob } = opened.value;
    expect(blob?.size ?? null).toBe(plain ? Number(store.report.image.bytes) : null);
  }
});
