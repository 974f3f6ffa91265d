/** public/share.jpg in px: the shape that previews of links have. */
export const SHARE = { width: 1200, height: 630 };
