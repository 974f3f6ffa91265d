import { describe, expect, test } from "vitest";
import { type Rng, seededRng } from "../../testing/random.ts";
import type { BlockSource, Range } from "./block-source.ts";
import { SourceError } from "./block-source.ts";
import { BytesSource } from "./bytes-source.ts";
import { MappedSource } from "./mapped-source.ts";
import type { Extent, Mapping } from "./mapping.ts";

interface Layer {
  source: BlockSource;
  /** What it should read as. */
  flat: Uint8Array;
}

const bytesOf = (rng: Rng, length: number) => Uint8Array.from({ length }, () => rng.below(256));

/** Packing for tests: every byte is turned over. */
const turned = (bytes: Uint8Array) => bytes.map((byte) => byte ^ 0xff);

/** One extent of a random layer over `children`, and the bytes it stands for. */
function piece(rng: Rng, children: readonly Layer[]): { extent: Extent; bytes: Uint8Array } {
  const kind = rng.pick(["child", "child", "decode", "zeros", "bytes"] as const);
  const length = rng.between(1, 40);
  if (kind === "zeros") return { extent: { from: "zeros", length }, bytes: new Uint8Array(length) };
  if (kind === "bytes") {
    const bytes = bytesOf(rng, length);
    return { extent: { from: "bytes", bytes, length }, bytes };
  }
  const child = rng.below(children.length);
  const below = children[child]?.flat ?? new Uint8Array();
  const offset = rng.below(below.length);
  const run = below.subarray(offset, offset + length);
  if (kind === "child") {
    return { extent: { from: "child", child, offset, length: run.length }, bytes: run };
  }
  const within = rng.below(run.length);
  const bytes = turned(run).subarray(within);
  const packed = run.length;
  return {
    extent: { from: "decode", child, offset, packed, decode: turned, within, length: bytes.length },
    bytes,
  };
}

/** The part of an extent from `skip` on, `length` bytes long. */
function cut(extent: Extent, skip: number, length: number): Extent {
  switch (extent.from) {
    case "child":
      return { ...extent, offset: extent.offset + skip, length };
    case "decode":
      return { ...extent, within: extent.within + skip, length };
    case "bytes":
      return { ...extent, bytes: extent.bytes.subarray(skip, skip + length), length };
    default:
      return { ...extent, length };
  }
}

/** A mapping made of these extents, one after the other. */
class ListMapping implements Mapping {
  readonly path = "list";
  readonly size: number;

  constructor(
    readonly children: readonly BlockSource[],
    private readonly list: readonly Extent[],
  ) {
    this.size = list.reduce((sum, { length }) => sum + length, 0);
  }

  extents(offset: number, length: number): Extent[] {
    const found: Extent[] = [];
    let at = 0;
    for (const extent of this.list) {
      const from = Math.max(at, offset);
      const until = Math.min(at + extent.length, offset + length);
      if (from < until) found.push(cut(extent, from - at, until - from));
      at += extent.length;
    }
    return found;
  }
}

/** Forgets what it loaded as soon as it has said where it lies: the least a mapping may keep. */
class ForgetfulMapping extends ListMapping {
  private loaded = "";

  load(ranges: readonly Range[]): Promise<void> {
    this.loadNow(ranges);
    return Promise.resolve();
  }

  loadNow(ranges: readonly Range[]): void {
    this.loaded = JSON.stringify(ranges.map(({ offset }) => offset));
  }

  override extents(offset: number, length: number): Extent[] {
    const known = JSON.parse(this.loaded).includes(offset);
    return known ? super.extents(offset, length) : [{ from: "hole", why: "not loaded", length }];
  }
}

/** The same bytes, never at once: what a Blob is. */
class LaterSource implements BlockSource {
  readonly size: number;

  constructor(private readonly inner: BytesSource) {
    this.size = inner.size;
  }

  get counters() {
    return this.inner.counters;
  }

  async read(ranges: readonly Range[]) {
    await Promise.resolve();
    return this.inner.read(ranges);
  }
}

function randomLayer(rng: Rng, depth: number, leaf: (bytes: Uint8Array) => BlockSource): Layer {
  if (depth === 0) {
    const flat = bytesOf(rng, rng.between(1, 200));
    return { source: leaf(flat), flat };
  }
  const children = Array.from({ length: rng.between(1, 3) }, () =>
    randomLayer(rng, depth - 1, leaf),
  );
  const pieces = Array.from({ length: rng.between(1, 12) }, () => piece(rng, children));
  const kind = rng.chance(0.3) ? ForgetfulMapping : ListMapping;
  const sources = children.map(({ source }) => source);
  const mapping = new kind(
    sources,
    pieces.map(({ extent }) => extent),
  );
  const flat = Uint8Array.from(pieces.flatMap(({ bytes }) => [...bytes]));
  return { source: new MappedSource(mapping), flat };
}

function randomRanges(rng: Rng, size: number): Range[] {
  return Array.from({ length: rng.below(6) }, () => {
    const offset = rng.below(size + 1);
    return { offset, length: rng.below(size - offset + 1) };
  });
}

const expected = (flat: Uint8Array, ranges: readonly Range[]) =>
  Uint8Array.from(ranges.flatMap(({ offset, length }) => [...flat.slice(offset, offset + length)]));

describe("a random layer reads as the flat bytes it stands for", () => {
  test.each([1, 2, 5])("%i deep, at once and later", async (depth) => {
    for (let seed = 1; seed <= 150; seed++) {
      const rng = seededRng(seed * 7 + depth);
      const { source, flat } = randomLayer(rng, depth, (bytes) => new BytesSource(bytes));
      for (let i = 0; i < 5; i++) {
        const ranges = randomRanges(rng, flat.length);
        const wanted = expected(flat, ranges);
        expect(await source.read(ranges), `seed ${seed}`).toEqual(wanted);
        const target = new Uint8Array(wanted.length).fill(7);
        source.readNow?.(ranges, target);
        expect(target, `seed ${seed}`).toEqual(wanted);
      }
    }
  });

  test("many reads at a time, where the layers must load first", async () => {
    for (let seed = 1; seed <= 50; seed++) {
      const rng = seededRng(seed);
      const later = (bytes: Uint8Array) => new LaterSource(new BytesSource(bytes));
      const { source, flat } = randomLayer(rng, 5, later);
      expect(source.readNow).toBeUndefined();
      const asked = Array.from({ length: 8 }, () => randomRanges(rng, flat.length));
      const answers = await Promise.all(asked.map((ranges) => source.read(ranges)));
      expect(answers, `seed ${seed}`).toEqual(asked.map((ranges) => expected(flat, ranges)));
    }
  });
});

describe("what goes down", () => {
  const log: Range[][] = [];
  const logged = (bytes: BytesSource): BlockSource => ({
    size: bytes.size,
    counters: bytes.counters,
    read: (ranges) => {
      log.push([...ranges]);
      return bytes.read(ranges);
    },
  });
  const bottom = new BytesSource(Uint8Array.from({ length: 100 }, (_, i) => i));

  test("is one read a child, with neighbours joined", async () => {
    log.length = 0;
    const child = (offset: number): Extent => ({ from: "child", child: 0, offset, length: 10 });
    const zeros: Extent = { from: "zeros", length: 5 };
    const source = new MappedSource(
      new ListMapping([logged(bottom)], [child(0), child(10), zeros, child(20), child(70)]),
    );
    await source.read([
      { offset: 0, length: 20 },
      { offset: 20, length: 25 },
    ]);
    expect(log).toEqual([
      [
        { offset: 0, length: 30 },
        { offset: 70, length: 10 },
      ],
    ]);
  });

  test("is counted once, whatever lies between", async () => {
    const shared = new BytesSource(new Uint8Array(64));
    const part = (offset: number) =>
      new MappedSource(
        new ListMapping([shared], [{ from: "child", child: 0, offset, length: 32 }]),
      );
    const whole = new MappedSource(
      new ListMapping(
        [part(0), part(32)],
        [0, 1].map((child) => ({ from: "child", child, offset: 0, length: 32 })),
      ),
    );
    await whole.read([{ offset: 0, length: 64 }]);
    expect(whole.counters.bytes).toBe(64);
    expect(shared.counters).toEqual(whole.counters);
  });

  test("unpacked bytes are not fetched again", async () => {
    let unpacked = 0;
    const decode = (packed: Uint8Array) => {
      unpacked += 1;
      return turned(packed);
    };
    const source = new MappedSource(
      new ListMapping(
        [new BytesSource(bottom.size ? Uint8Array.from([1, 2, 3, 4]) : new Uint8Array())],
        [{ from: "decode", child: 0, offset: 0, packed: 4, decode, within: 1, length: 3 }],
      ),
    );
    await source.read([
      { offset: 0, length: 1 },
      { offset: 2, length: 1 },
    ]);
    expect([...(await source.read([{ offset: 1, length: 1 }]))]).toEqual([0xfc]);
    expect([unpacked, source.counters.bytes]).toEqual([1, 4]);
  });
});

describe("what cannot be had is a SourceError", () => {
  const disk = new BytesSource(new Uint8Array(100));
  const layer = (path: string, below: BlockSource, list: Extent[]) =>
    new MappedSource(Object.assign(new ListMapping([below], list), { path }));
  const all: Extent[] = [{ from: "child", child: 0, offset: 0, length: 100 }];
  const errorOf = async (reading: Promise<unknown>): Promise<SourceError> => {
    const error = await reading.then(
      () => null,
      (thrown: unknown) => thrown,
    );
    if (!(error instanceof SourceError)) throw new Error(`no SourceError: ${error}`);
    return error;
  };

  test("a hole says where in which layer, and what was being read", async () => {
    const hole: Extent = { from: "hole", why: "its device is missing", length: 50 };
    const partition = layer("partition 2", layer("qcow2", disk, all), [
      { from: "child", child: 0, offset: 0, length: 50 },
      hole,
    ]);
    const volume = layer("vg/snap", partition, all);
    expect(volume.path).toBe("qcow2 → partition 2 → vg/snap");
    const reading = volume.read([{ offset: 20, length: 60 }]);
    expect(await errorOf(reading)).toMatchObject({
      kind: "hole",
      offset: 50,
      path: "qcow2 → partition 2",
      through: ["vg/snap"],
      message: "its device is missing",
    });
  });

  test("an error of the image itself keeps its offset there", async () => {
    const broken: BlockSource = {
      size: 100,
      counters: disk.counters,
      read: async () => {
        throw new SourceError("unreadable", 42, "EIO");
      },
    };
    const volume = layer("vg/snap", layer("partition 2", broken, all), all);
    expect(await errorOf(volume.read([{ offset: 0, length: 1 }]))).toMatchObject({
      kind: "unreadable",
      offset: 42,
      path: "",
      through: ["partition 2", "vg/snap"],
    });
  });

  test("unpacking that fails, or gives too little", async () => {
    const packed = (decode: (bytes: Uint8Array) => Uint8Array) =>
      layer("qcow2", disk, [
        { from: "zeros", length: 8 },
        { from: "decode", child: 0, offset: 0, packed: 4, decode, within: 0, length: 8 },
      ]);
    const bad = packed(() => {
      throw new Error("no end of block");
    });
    const whole = [{ offset: 4, length: 12 }];
    expect(await errorOf(bad.read(whole))).toMatchObject({ offset: 8, path: "qcow2" });
    expect((await errorOf(bad.read(whole))).message).toContain("no end of block");
    expect(await errorOf(packed(turned).read(whole))).toMatchObject({ offset: 8 });
  });

  const LIES: [string, Extent[]][] = [
    ["too little", [{ from: "zeros", length: 9 }]],
    ["nothing", []],
    [
      "too much",
      [
        { from: "zeros", length: 10 },
        { from: "zeros", length: 1 },
      ],
    ],
    ["one that is longer", [{ from: "zeros", length: 11 }]],
    ["endless", [{ from: "zeros", length: Number.POSITIVE_INFINITY }]],
    ["not a number", [{ from: "zeros", length: Number.NaN }]],
    [
      "negative",
      [
        { from: "zeros", length: 20 },
        { from: "zeros", length: -10 },
      ],
    ],
    [
      "halves",
      [
        { from: "zeros", length: 4.5 },
        { from: "zeros", length: 5.5 },
      ],
    ],
    [
      "empty ones",
      [
        { from: "zeros", length: 0 },
        { from: "zeros", length: 10 },
      ],
    ],
    ["behind the child's end", [{ from: "child", child: 0, offset: 91, length: 10 }]],
    ["before the child", [{ from: "child", child: 0, offset: -1, length: 10 }]],
    ["nowhere", [{ from: "child", child: 0, offset: Number.NaN, length: 10 }]],
    ["no such child", [{ from: "child", child: 1, offset: 0, length: 10 }]],
    ["too few bytes", [{ from: "bytes", bytes: new Uint8Array(9), length: 10 }]],
    [
      "packed behind the end",
      [{ from: "decode", child: 0, offset: 99, packed: 2, decode: turned, within: 0, length: 10 }],
    ],
    [
      "packed to no length",
      [
        {
          from: "decode",
          child: 0,
          offset: 0,
          packed: Number.NaN,
          decode: turned,
          within: 0,
          length: 10,
        },
      ],
    ],
    [
      "within what is not there",
      [{ from: "decode", child: 0, offset: 0, packed: 10, decode: turned, within: -1, length: 10 }],
    ],
  ];

  test.each(LIES)("a mapping that lies: %s", async (_, extents) => {
    const source = new MappedSource({
      size: 10,
      path: "liar",
      children: [disk],
      extents: () => extents,
    });
    expect(await errorOf(source.read([{ offset: 0, length: 10 }]))).toMatchObject({ path: "liar" });
    expect(() => source.readNow?.([{ offset: 0, length: 10 }], new Uint8Array(10))).toThrow(
      SourceError,
    );
  });

  test.each([Number.NaN, -1, 1.5, 2 ** 53])("no layer is %d bytes long", (size) => {
    const liar = { size, path: "liar", children: [disk], extents: () => [] };
    expect(() => new MappedSource(liar)).toThrow(SourceError);
  });

  test.each([
    [-1, 1],
    [0, 101],
    [100, 1],
    [Number.NaN, 1],
    [0, Number.NaN],
  ])("a range outside of the layer: %d, %d bytes", async (offset, length) => {
    const reading = layer("partition 2", disk, all).read([{ offset, length }]);
    expect((await errorOf(reading)).kind).toBe("unreadable");
  });
});
