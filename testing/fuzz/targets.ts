import type { FuzzTarget } from "./target.ts";
import { check } from "./targets/check.ts";
import { diff } from "./targets/diff.ts";
import { dump } from "./targets/dump.ts";
import { fileSystems } from "./targets/file-systems.ts";
import { finds } from "./targets/find.ts";
import { lookup } from "./targets/lookup.ts";
import { pack } from "./targets/pack.ts";
import { repair } from "./targets/repair.ts";
import { rescue } from "./targets/rescue.ts";
import { snapshotMap } from "./targets/snapshot-map.ts";
import { texts } from "./targets/texts.ts";

export const TARGETS: readonly FuzzTarget[] = [
  check,
  snapshotMap,
  repair,
  dump,
  lookup,
  rescue,
  diff,
  pack,
  ...finds,
  ...fileSystems,
  ...texts,
];
