import { readRemoteAddress } from "../protocol/remote-address.ts";
import type { NamedFile } from "../protocol/store-service.ts";

/** Bytes of all files; those on a server count once it has said how many they are. */
export const bytesOf = (files: readonly NamedFile[]): number =>
  files.reduce((sum, file) => sum + ("blob" in file ? file.blob.size : 0), 0);

/** The servers that are asked for them, in words; null: they are all on this machine. */
export function hostsOf(files: readonly NamedFile[]): string | null {
  const hosts = new Set<string>();
  for (const file of files) if ("address" in file) hosts.add(hostOf(file.address));
  return hosts.size === 0 ? null : [...hosts].join(" and ");
}

function hostOf(address: string): string {
  const read = readRemoteAddress(address);
  return typeof read === "string" ? address : read.host;
}
