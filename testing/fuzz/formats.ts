import {
  labelsIn,
  metadataAreas,
  rightGpt,
  rightLvm,
  rightLz4,
  rightTar,
  rightVhd,
  rightVhdx,
  rightXz,
} from "./checksums.ts";
import { type Aim, entriesAt, type Field, fieldsAt, tellingPlaces } from "./damage.ts";

const KIB_64 = 64 << 10;

/** Where to hit an image of a format: what its specification calls fields, by their offsets. */
export type AimAt = (bytes: Uint8Array) => Aim;

const numbers = (bytes: Uint8Array, little: boolean) => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return {
    u32: (at: number) => (at + 4 <= bytes.length ? view.getUint32(at, little) : 0),
    u64: (at: number) => (at + 8 <= bytes.length ? Number(view.getBigUint64(at, little)) : 0),
  };
};

const ends = (bytes: Uint8Array): [number, number][] => [
  [0, KIB_64],
  [bytes.length - KIB_64, bytes.length],
];

/** Streams: any byte of them says something. */
export const stream =
  (header: readonly (readonly [number, number])[] = [], right?: Aim["right"]): AimAt =>
  (bytes) => ({
    fields: fieldsAt(0, true, header),
    places: tellingPlaces(bytes, [[0, bytes.length]]),
    ...(right && { right }),
  });

/** Two levels of tables: entries of the first, and of those that they point to. */
function twoLevels(
  bytes: Uint8Array,
  l1: number,
  count: number,
  l2Bytes: number,
  little: boolean,
): Field[] {
  const first = entriesAt(bytes, l1, Math.min(count, 4096), 8, little, 16);
  const second = first.flatMap(({ at }) => {
    const [high, low] = [numbers(bytes, little).u64(at), 2 ** 55];
    const table = (high % low) - ((high % low) % 512);
    return entriesAt(bytes, table, l2Bytes / 8, 8, little, 32);
  });
  return [...first, ...second];
}

export const qcow2: AimAt = (bytes) => {
  const { u32, u64 } = numbers(bytes, false);
  const header = [4, 16, 20, 32, 36, 56, 60, 96, 100, 112, 116].map((at) => [at, 4] as const);
  const wide = [8, 24, 40, 48, 64, 72, 80, 88].map((at) => [at, 8] as const);
  const fields = fieldsAt(0, false, [...header, ...wide, [104, 1]]);
  const snapshots = u64(64);
  if (u32(60) > 0)
    fields.push(
      ...fieldsAt(snapshots, false, [
        [0, 8],
        [8, 4],
        [12, 2],
        [14, 2],
        [32, 4],
        [36, 4],
      ]),
    );
  const tables = twoLevels(bytes, u64(40), u32(36), 2 ** u32(20), false);
  return { fields: [...fields, ...tables], places: tellingPlaces(bytes, ends(bytes)) };
};

export const qcow1: AimAt = (bytes) => {
  const fields = fieldsAt(0, false, [
    [4, 4],
    [8, 8],
    [16, 4],
    [24, 8],
    [32, 1],
    [33, 1],
    [36, 4],
    [40, 8],
  ]);
  const tables = twoLevels(bytes, numbers(bytes, false).u64(40), 64, 4096, false);
  return { fields: [...fields, ...tables], places: tellingPlaces(bytes, ends(bytes)) };
};

export const qed: AimAt = (bytes) => {
  const narrow = [4, 8, 12, 56, 60].map((at) => [at, 4] as const);
  const wide = [16, 24, 32, 40, 48].map((at) => [at, 8] as const);
  const fields = fieldsAt(0, true, [...narrow, ...wide]);
  const tables = twoLevels(bytes, numbers(bytes, true).u64(40), 4096, KIB_64, true);
  return { fields: [...fields, ...tables], places: tellingPlaces(bytes, ends(bytes)) };
};

export const vmdk: AimAt = (bytes) => {
  const { u32, u64 } = numbers(bytes, true);
  const narrow = [4, 8, 44].map((at) => [at, 4] as const);
  const wide = [12, 20, 28, 36, 48, 56, 64].map((at) => [at, 8] as const);
  const fields = fieldsAt(0, true, [...narrow, ...wide, [72, 1], [77, 2]]);
  const directory = entriesAt(bytes, u64(56) * 512, 64, 4, true, 16);
  const tables = directory.flatMap(({ at }) => entriesAt(bytes, u32(at) * 512, 512, 4, true, 32));
  return {
    fields: [...fields, ...directory, ...tables],
    places: tellingPlaces(bytes, ends(bytes)),
  };
};

export const vdi: AimAt = (bytes) => {
  const narrow = [64, 68, 72, 76, 80, 340, 344, 360, 376, 380, 384, 388];
  const fields = fieldsAt(0, true, [...narrow.map((at) => [at, 4] as const), [368, 8]]);
  const map = entriesAt(bytes, numbers(bytes, true).u32(340), 64, 4, true);
  return { fields: [...fields, ...map], places: tellingPlaces(bytes, [[0, 2048]]) };
};

export const vhd: AimAt = (bytes) => {
  const footer: [number, number][] = [
    [8, 4],
    [12, 4],
    [16, 8],
    [40, 8],
    [48, 8],
    [56, 4],
    [60, 4],
    [64, 4],
  ];
  const dynamic: [number, number][] = [
    [8, 8],
    [16, 8],
    [24, 4],
    [28, 4],
    [32, 4],
    [36, 4],
  ];
  const header = numbers(bytes, false).u64(16);
  const isDynamic = header < bytes.length;
  const table = isDynamic ? numbers(bytes, false).u64(header + 16) : 0;
  return {
    fields: [
      ...fieldsAt(bytes.length - 512, false, footer),
      ...(isDynamic ? fieldsAt(0, false, footer) : []),
      ...(isDynamic ? fieldsAt(header, false, dynamic) : []),
      ...(isDynamic ? entriesAt(bytes, table, 64, 4, false) : []),
    ],
    places: tellingPlaces(bytes, [
      [0, 4096],
      [bytes.length - 512, bytes.length],
    ]),
    right: rightVhd,
  };
};

export const vhdx: AimAt = (bytes) => {
  const header: [number, number][] = [
    [8, 8],
    [48, 8],
    [64, 2],
    [66, 2],
    [68, 4],
    [72, 8],
  ];
  const regions: [number, number][] = [
    [8, 4],
    [32, 8],
    [40, 4],
    [44, 4],
    [64, 8],
    [72, 4],
    [76, 4],
  ];
  const { u64 } = numbers(bytes, true);
  const metadata = [32, 64].map((at) => u64((192 << 10) + at)).filter((at) => at < bytes.length);
  const entries: [number, number][] = Array.from({ length: 5 }, (_, i) => 32 + 32 * i).flatMap(
    (at): [number, number][] => [
      [at + 16, 4],
      [at + 20, 4],
      [at + 24, 4],
    ],
  );
  const values: [number, number][] = [
    [KIB_64, 4],
    [KIB_64 + 4, 4],
    [KIB_64 + 8, 8],
    [KIB_64 + 32, 4],
    [KIB_64 + 36, 4],
  ];
  return {
    fields: [
      ...[64, 128].flatMap((kib) => fieldsAt(kib << 10, true, header)),
      ...[192, 256].flatMap((kib) => fieldsAt(kib << 10, true, regions)),
      // One of the two regions is the metadata, the other the table of blocks.
      ...metadata.flatMap((at) => [
        ...fieldsAt(at, true, [[10, 2], ...entries, ...values]),
        ...entriesAt(bytes, at, 64, 8, true),
      ]),
    ],
    places: tellingPlaces(bytes, [
      [0, 320 << 10],
      ...metadata.map((at): [number, number] => [at, at + KIB_64 + 64]),
    ]),
    right: rightVhdx,
  };
};

export const tar: AimAt = (bytes) => {
  const headers: number[] = [];
  for (let at = 0; at + 512 <= bytes.length && headers.length < 8; ) {
    if (Buffer.from(bytes.subarray(at + 257, at + 262)).toString("latin1") !== "ustar") break;
    headers.push(at);
    const octal = Buffer.from(bytes.subarray(at + 124, at + 135)).toString("latin1");
    const size = Number.parseInt(octal, 8);
    at += 512 + Math.ceil((Number.isFinite(size) ? size : 0) / 512) * 512;
  }
  const ranges = headers.map((at): [number, number] => [at, at + 1536]);
  const fields = headers.flatMap((at) =>
    fieldsAt(at, false, [
      [124, 8],
      [128, 8],
      [156, 1],
      [386, 8],
      [482, 1],
      [483, 8],
    ]),
  );
  return {
    fields,
    places: tellingPlaces(bytes, ranges),
    right: (damaged) => rightTar(damaged, headers),
  };
};

export const xz = stream(
  [
    [6, 2],
    [12, 1],
    [13, 1],
    [14, 1],
  ],
  rightXz,
);
export const lzma = stream([
  [0, 1],
  [1, 4],
  [5, 8],
]);
export const lz4 = stream(
  [
    [4, 1],
    [5, 1],
    [7, 4],
  ],
  rightLz4,
);

/** Partition tables, labels and metadata areas of a plain disk. */
export const disk: AimAt = (bytes) => {
  const labels = labelsIn(bytes);
  const areas = metadataAreas(bytes);
  const fields: Field[] = [];
  for (let i = 0; i < 4; i++)
    fields.push(
      ...fieldsAt(446 + 16 * i, true, [
        [4, 1],
        [8, 4],
        [12, 4],
      ]),
    );
  for (const sector of [512, 4096]) {
    for (const at of [sector, bytes.length - sector]) {
      if (Buffer.from(bytes.subarray(at, at + 8)).toString("latin1") !== "EFI PART") continue;
      fields.push(
        ...fieldsAt(at, true, [
          [8, 4],
          [12, 4],
          [24, 8],
          [32, 8],
          [40, 8],
          [48, 8],
          [72, 8],
          [80, 4],
          [84, 4],
        ]),
      );
      for (let i = 0; i < 4; i++)
        fields.push(
          ...fieldsAt(2 * sector + 128 * i, true, [
            [0, 8],
            [32, 8],
            [40, 8],
          ]),
        );
    }
  }
  for (const at of labels) {
    fields.push(
      ...fieldsAt(at, true, [
        [8, 8],
        [20, 4],
        [64, 8],
        [72, 8],
        [80, 8],
        [88, 8],
        [104, 8],
        [112, 8],
        [120, 8],
      ]),
    );
  }
  for (const { at } of areas)
    fields.push(
      ...fieldsAt(at, true, [
        [20, 4],
        [24, 8],
        [32, 8],
        [40, 8],
        [48, 8],
        [60, 4],
      ]),
    );
  const texts = areas.map(({ text, length }): [number, number] => [text, text + length]);
  const sectors = labels.map((at): [number, number] => [at, at + 512]);
  return {
    fields,
    places: tellingPlaces(bytes, [[446, 512], [512, 1536], ...sectors, ...texts]),
    right: (damaged) => {
      rightGpt(damaged);
      rightLvm(
        damaged,
        labels,
        areas.map(({ at }) => at),
      );
    },
  };
};
