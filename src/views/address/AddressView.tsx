import { type FormEvent, useId, useRef, useState } from "react";
import { readRemoteAddress } from "../../protocol/remote-address.ts";
import type { RemoteFile } from "../../protocol/store-service.ts";
import { RichText } from "../../ui/RichText.tsx";
import styles from "./AddressView.module.css";
import { Consent } from "./Consent.tsx";
import { COMPLAINTS } from "./complaints.ts";

export interface AddressViewProps {
  /** The address that was open here, and that is not asked again by itself; null: none. */
  lost: string | null;
  onOpen: (file: RemoteFile) => void;
}

/** Asks for the address of an image, and for leave to ask its server. */
export function AddressView({ lost, onOpen }: AddressViewProps) {
  const [typed, setTyped] = useState(lost ?? "");
  const hint = useId();
  const agree = useRef<HTMLButtonElement>(null);
  const read = readRemoteAddress(typed);
  const complaint = typed.trim() === "" || typeof read !== "string" ? null : COMPLAINTS[read];
  // Enter is no consent yet: it leads to the button that is.
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    agree.current?.focus();
  };
  return (
    <main className={styles.view}>
      <form className={styles.form} onSubmit={onSubmit}>
        <h1 className={styles.title}>Read an image where it lies on a server</h1>
        <p className={styles.quiet}>
          A COW image, or a disk that has one inside: raw, qcow2, VMDK, VHD, VDI or compressed. Of a
          large file no more is fetched than is looked at.
        </p>
        {lost !== null && (
          <p className={styles.lost}>
            It was open here, but after a reload a server is not asked again by itself.
          </p>
        )}
        <label className={styles.field}>
          Address of the image
          <input
            type="text"
            inputMode="url"
            autoComplete="off"
            autoCapitalize="off"
            spellCheck={false}
            placeholder="https://host/disk.qcow2"
            aria-describedby={hint}
            aria-invalid={complaint !== null}
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
          />
          <span id={hint} className={styles.complaint} role="status">
            {complaint !== null && <RichText text={complaint} />}
          </span>
        </label>
        {typeof read !== "string" && (
          <Consent
            address={read}
            button={agree}
            onAgree={() => onOpen({ address: read.url, name: read.name })}
          />
        )}
      </form>
      <div className={styles.notes}>
        <p>
          The server has to send ranges of bytes, and to let pages of other sites read them (CORS,
          with Content-Range exposed). Where it does not, download the image and drop it here, or
          use the command <code>cowscope</code>, which is not bound by a browser’s rules.
        </p>
        <p>
          This page alone may ask other servers.{" "}
          <a href="./">Open a file of this machine instead</a>, on the page that can send nothing.
        </p>
      </div>
    </main>
  );
}
