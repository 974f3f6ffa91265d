import { PageIncomplete } from "../protocol/page-incomplete.ts";

/** What lies around the bytes of a disk. @throws PageIncomplete where its code does not arrive */
export const loadContainers = () =>
  import("./containers.ts").catch((error: unknown): never => {
    throw new PageIncomplete("looks into disks", error);
  });
