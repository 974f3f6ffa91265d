import type { ComponentProps } from "react";
import styles from "./Button.module.css";

type Kind = "primary" | "plain" | "icon";

/** `primary` is the one thing to do next; there is at most one on a screen. */
export function Button({
  kind = "plain",
  className = "",
  ...rest
}: ComponentProps<"button"> & { kind?: Kind }) {
  return (
    <button type="button" {...rest} className={`${styles.button} ${styles[kind]} ${className}`} />
  );
}
