/** What stands in a qcow2 made by hand. */
export interface Qcow2Spec {
  version?: number;
  clusterBits?: number;
  size?: bigint;
  encryption?: number;
  l1Entries?: number;
  l1Offset?: bigint;
  incompatible?: bigint;
  compression?: number;
  /** Written behind the header, before the end mark. */
  extensions?: { type: number; data: Uint8Array }[];
  backing?: string;
  snapshots?: { count: number; offset: bigint };
  /** Entries of the L1 table, by their index. */
  l1?: Record<number, bigint>;
  /** 64-bit values, by their place in the file. */
  values?: Record<number, bigint>;
  bytes?: Record<number, Uint8Array>;
  /** In bytes, of the file. */
  length?: number;
}

/** Clusters of 64 KiB unless said otherwise: the header, then the L1 table at cluster 1. */
export function qcow2Bytes(spec: Qcow2Spec): Uint8Array {
  const clusterBits = spec.clusterBits ?? 16;
  const l1Offset = spec.l1Offset ?? 65_536n;
  const bytes = new Uint8Array(spec.length ?? 4 * 65_536);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, 0x514649fb);
  view.setUint32(4, spec.version ?? 3);
  view.setUint32(20, clusterBits);
  view.setBigUint64(24, spec.size ?? 1_048_576n);
  view.setUint32(32, spec.encryption ?? 0);
  view.setUint32(36, spec.l1Entries ?? 1);
  view.setBigUint64(40, l1Offset);
  view.setUint32(60, spec.snapshots?.count ?? 0);
  view.setBigUint64(64, spec.snapshots?.offset ?? 0n);
  view.setBigUint64(72, spec.incompatible ?? 0n);
  view.setUint32(96, 4);
  view.setUint32(100, 112);
  view.setUint8(104, spec.compression ?? 0);
  let at = 112;
  for (const { type, data } of spec.extensions ?? []) {
    view.setUint32(at, type);
    view.setUint32(at + 4, data.length);
    bytes.set(data, at + 8);
    at += 8 + Math.ceil(data.length / 8) * 8;
  }
  if (spec.backing !== undefined) {
    const name = new TextEncoder().encode(spec.backing);
    view.setBigUint64(8, BigInt(at + 8));
    view.setUint32(16, name.length);
    bytes.set(name, at + 8);
  }
  for (const [index, entry] of Object.entries(spec.l1 ?? {})) {
    view.setBigUint64(Number(l1Offset) + Number(index) * 8, entry);
  }
  for (const [offset, value] of Object.entries(spec.values ?? {})) {
    view.setBigUint64(Number(offset), value);
  }
  for (const [offset, run] of Object.entries(spec.bytes ?? {})) bytes.set(run, Number(offset));
  return bytes;
}
