import { existsSync } from "node:fs";
import type { Plugin } from "vite";

/** What stands in for a module where the page is one file: `spawn.single.ts` for `spawn.ts`. */
export function standIns(): Plugin {
  return {
    name: "cowscope-stand-ins",
    enforce: "pre",
    async resolveId(source, importer) {
      if (!source.startsWith(".") || source.includes("?")) return null;
      const found = await this.resolve(source, importer, { skipSelf: true });
      const single = found?.id.replace(/\.tsx?$/, ".single.ts");
      return single !== undefined && single !== found?.id && existsSync(single) ? single : null;
    },
  };
}
