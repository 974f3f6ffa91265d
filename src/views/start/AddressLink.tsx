import styles from "./StartView.module.css";

/** To the page that may ask servers for an image. */
export function AddressLink() {
  return (
    <p className={styles.what}>
      Is it on a server? <a href="address.html">Read it by its address</a>: on a page of its own,
      which may ask that server for bytes, as this one may not.
    </p>
  );
}
