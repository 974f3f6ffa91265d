import type { RefObject } from "react";
import type { RemoteAddress } from "../../protocol/remote-address.ts";
import { Button } from "../../ui/Button.tsx";
import styles from "./AddressView.module.css";

interface ConsentProps {
  address: RemoteAddress;
  button: RefObject<HTMLButtonElement | null>;
  onAgree: () => void;
}

/** Who will be asked, what they learn by that, and the click without which nothing is sent. */
export function Consent({ address: { host, path }, button, onAgree }: ConsentProps) {
  return (
    <section className={styles.consent} aria-label="What is sent">
      <p>
        <b>{host}</b> will see this machine’s network address, what every browser says of itself,
        that the request comes from a page of {location.host}, and which bytes of <b>{path}</b> are
        asked for: the first one, then the header, the metadata areas and what lies around them in a
        disk; all data of a store only if you read its snapshot, and all of a file that is packed as
        one stream (gzip, xz …).
      </p>
      <p>
        No cookie, no password and no byte of any other file is sent, and no other server is asked.
      </p>
      <Button ref={button} kind="primary" className={styles.agree} onClick={onAgree}>
        Read it from {host}
      </Button>
    </section>
  );
}
