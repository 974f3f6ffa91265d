import type { AddressComplaint } from "../../protocol/remote-address.ts";

/** What keeps this page from asking for it, and what to do. */
export const COMPLAINTS: Record<AddressComplaint, string> = {
  none: "An address begins with https:// and names a server.",
  protocol: "Only addresses that begin with https:// can be read.",
  insecure:
    "Without https everybody on the way could read along, so that this page asks for http:// on this machine alone (localhost). Use https://, or download the image and drop it here.",
  credentials:
    "This page sends no user name and no password. The command `cowscope` does; or download the image and drop it here.",
};
