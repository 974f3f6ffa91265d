import { PageIncomplete } from "../protocol/page-incomplete.ts";

/** What reads file systems. @throws PageIncomplete where its code does not arrive */
export const loadHeldFiles = () =>
  import("./held-files.ts").catch((error: unknown): never => {
    throw new PageIncomplete("lists files", error);
  });
