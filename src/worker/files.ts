import type { NamedFile, RemoteFile } from "../protocol/store-service.ts";
import { BlobSource } from "../source/blob-source.ts";
import type { BlockSource } from "../source/block-source.ts";
import { CheckedFirst } from "../source/checked-first.ts";
import { httpAddress } from "../source/http/address.ts";
import { HttpSource } from "../source/http/http-source.ts";
import { PAGE_ASKING } from "../source/http/page-asking.ts";
import { PATIENCE } from "../source/http/patience.ts";

/** Files that were handed over, as sources; one on a server is asked for its first byte once a look. */
export class Files {
  private remote = new Map<string, HttpSource>();

  /** Whatever was fetched is forgotten: a server may have something else now. */
  forget(): void {
    this.remote = new Map();
  }

  /** @param beforeRead may throw, whenever bytes of the file are read. @throws SourceError */
  async open(file: NamedFile, beforeRead: () => void = () => {}): Promise<BlockSource> {
    return "blob" in file
      ? new BlobSource(file.blob, beforeRead)
      : new CheckedFirst(await this.fetched(file), beforeRead);
  }

  private async fetched({ address, name }: RemoteFile): Promise<HttpSource> {
    const known = this.remote.get(address);
    if (known) return known;
    const parsed = httpAddress(address);
    if (!parsed) throw new Error(`${name} has an address that is none`);
    const source = await HttpSource.open(parsed, PATIENCE, PAGE_ASKING);
    this.remote.set(address, source);
    return source;
  }
}

/** The files of this machine among them: never to be written to. */
export const localBlobs = (files: readonly NamedFile[]): Blob[] =>
  files.flatMap((file) => ("blob" in file ? [file.blob] : []));

/** What the command calls a file. An address is shown without what may be secret, its query. */
export const typedName = (file: NamedFile): string =>
  "blob" in file ? file.name : (httpAddress(file.address)?.shown ?? file.name);
