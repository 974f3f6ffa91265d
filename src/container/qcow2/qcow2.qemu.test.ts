import { readLikeQemu } from "../../../testing/like-qemu.ts";
import type { Making } from "../../../testing/qemu-images.ts";

const MIB = 1 << 20;

const IMAGES: Record<string, Omit<Making, "format">> = {
  "version 2": { size: 6 * MIB + 512, options: "compat=0.10", commands: 60 },
  "version 3, clusters of 512 bytes": {
    ...{ size: 2 * MIB + 1536, options: "cluster_size=512", commands: 60 },
  },
  "clusters of 4 KiB, refcounts of one bit": {
    ...{ size: 5 * MIB, options: "cluster_size=4k,refcount_bits=1", commands: 60 },
  },
  "clusters of 64 KiB": { size: 8 * MIB, commands: 80 },
  "clusters of 2 MiB": { size: 9 * MIB + 512, options: "cluster_size=2M", commands: 60 },
  "deflate, clusters of 4 KiB": {
    ...{ size: 4 * MIB + 512, options: "cluster_size=4k", packed: true, commands: 30 },
  },
  "deflate, clusters of 512 bytes": {
    ...{ size: 1 * MIB, options: "cluster_size=512", packed: true, commands: 10 },
  },
  "deflate, clusters of 64 KiB": { size: 6 * MIB + 512, packed: true, commands: 10 },
  "deflate, clusters of 2 MiB": { size: 9 * MIB, options: "cluster_size=2M", packed: true },
  "zstd, clusters of 64 KiB": {
    ...{ size: 6 * MIB + 512, options: "compression_type=zstd", packed: true, commands: 10 },
  },
  "zstd, clusters of 2 MiB": {
    ...{ size: 9 * MIB, options: "compression_type=zstd,cluster_size=2M", packed: true },
  },
  "extended L2": { size: 6 * MIB + 512, options: "extended_l2=on", commands: 80 },
  "extended L2 with deflate and an overlay": {
    ...{ size: 4 * MIB, options: "extended_l2=on,cluster_size=16k", packed: true, commands: 40 },
    overlays: [{ format: "qcow2", options: "extended_l2=on,cluster_size=128k" }],
  },
  "preallocated tables": { size: 6 * MIB, options: "preallocation=metadata", commands: 40 },
  "lazy refcounts": { size: 6 * MIB, options: "lazy_refcounts=on", commands: 40 },
  "overlays with other clusters": {
    ...{ size: 6 * MIB + 512, commands: 30 },
    overlays: [{ format: "qcow2", options: "cluster_size=4k" }, { format: "qcow2" }],
  },
  "an overlay larger than its backing file": {
    ...{ size: 2 * MIB + 512, commands: 20 },
    overlays: [{ format: "qcow2", options: "size=4195328" }],
  },
  "an external data file": {
    ...{ size: 4 * MIB + 512, options: "data_file=base.data", commands: 40 },
  },
  "a raw external data file": {
    ...{ size: 4 * MIB + 512, options: "data_file=base.data,data_file_raw=on", commands: 40 },
  },
};

readLikeQemu(
  Object.fromEntries(
    Object.entries(IMAGES).map(([name, making]) => [name, { format: "qcow2", ...making }]),
  ),
);
