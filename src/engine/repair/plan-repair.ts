import { kernelOutcome } from "../../explain/kernel/kernel.ts";
import type { CheckOptions } from "../../protocol/check.ts";
import type { StoreFacts } from "../../protocol/facts.ts";
import type { Patch } from "../../protocol/patch.ts";
import type {
  LevelFacts,
  ProvenChunkSize,
  RepairFacts,
  RepairLevel,
  RepairObstacle,
  TableRepair,
} from "../../protocol/repair.ts";
import { REPAIR_LEVELS } from "../../protocol/repair.ts";
import type { BlockSource } from "../../source/block-source.ts";
import { PatchedSource } from "../../source/patched-source.ts";
import { checkStore } from "../check/check.ts";
import { type Core, makeCore } from "../core.ts";
import type { CheckHooks } from "../read/check-hooks.ts";
import { holdsData } from "../read/read-start.ts";
import { invalidated } from "./invalidated.ts";
import { mendTable } from "./mend-table.ts";
import { provenChunkSize } from "./proven-chunk-size.ts";
import { headerPatches } from "./right-header.ts";

/**
 * What can be done for a store, level by level, as patches; nothing is written. Each level's patched
 * bytes are checked by the same core before they are offered.
 * @returns null if `hooks` cancelled. @throws SourceError, TableTooLarge
 */
export async function planRepair(
  compiled: WebAssembly.Module,
  source: BlockSource,
  options: CheckOptions,
  hooks: CheckHooks,
): Promise<RepairFacts | null> {
  const check = async (of: BlockSource): Promise<StoreFacts> => {
    const checked = await checkStore(compiled, of, options, false, hooks);
    if (!checked) throw new Cancelled();
    return checked.facts;
  };
  try {
    const now = await check(source);
    return await new Planner(compiled, await makeCore(compiled), source, now, check).plan();
  } catch (error) {
    if (error instanceof Cancelled) return null;
    throw error;
  }
}

class Cancelled extends Error {}

type Levels = Record<RepairLevel, LevelFacts>;

class Planner {
  constructor(
    private readonly compiled: WebAssembly.Module,
    private readonly core: Core,
    private readonly source: BlockSource,
    private readonly now: StoreFacts,
    private readonly check: (of: BlockSource) => Promise<StoreFacts>,
  ) {}

  async plan(): Promise<RepairFacts> {
    const { core, now } = this;
    const blank = !(await this.holdsMoreThanHeader());
    const chunkSize = provenChunkSize(core, now, blank);
    const levels = await this.levels(chunkSize);
    return {
      now,
      invalidated: invalidated(core, now),
      chunkSize,
      landmarks: await this.landmarks(chunkSize?.sectors ?? now.chunkSize),
      levels: REPAIR_LEVELS.map((level) => levels[level]),
    };
  }

  private async levels(chunkSize: ProvenChunkSize | null): Promise<Levels> {
    const whole = this.forAll();
    if (whole) {
      const none = (level: RepairLevel) => impossible(level, whole);
      return { boot: none("boot"), salvage: none("salvage"), surgical: none("surgical") };
    }
    const boot = await this.boot(chunkSize?.sectors ?? this.now.chunkSize);
    if (chunkSize === null) {
      const none = (level: RepairLevel) => impossible(level, "no-chunk-size");
      return { boot, salvage: none("salvage"), surgical: none("surgical") };
    }
    const salvage = await this.header("salvage", 1, chunkSize.sectors);
    return { boot, salvage, surgical: await this.surgical(salvage) };
  }

  /** What stands against every level. */
  private forAll(): RepairObstacle | null {
    const { activation, holdsData: holds, looksLike } = this.now;
    if (looksLike !== null) return "not-a-store";
    switch (activation.outcome) {
      case "bad-table":
      case "no-table-chunk":
        return "table-line";
      case "new":
      case "new-no-room":
        return holds ? null : "empty";
      default:
        return null;
    }
  }

  private async boot(chunkSize: number): Promise<LevelFacts> {
    const { activates, writes, status } = kernelOutcome(this.now);
    if (activates && writes.length === 0) {
      return impossible("boot", status === "Invalid" ? "invalid-already" : "activates");
    }
    return this.header("boot", 0, chunkSize);
  }

  private async header(level: RepairLevel, valid: 0 | 1, chunkSize: number): Promise<LevelFacts> {
    const patches = await headerPatches(this.core, this.source, valid, chunkSize);
    if (patches === null) return impossible(level, "too-short");
    if (patches.length === 0) return impossible(level, "header-right");
    return this.patched(level, patches, null);
  }

  /** On top of a right header, whether that had to be put there or not. */
  private async surgical(salvage: LevelFacts): Promise<LevelFacts> {
    const { compiled, core, source, now } = this;
    if (salvage.obstacle === "too-short") return impossible("surgical", "too-short");
    const facts = salvage.after ?? now;
    const mended = await mendTable(compiled, source, facts, invalidated(core, now) !== "no");
    if (!mended) return impossible("surgical", "too-large");
    const { patches, table } = mended;
    if (patches.length > 0)
      return this.patched("surgical", [...salvage.patches, ...patches], table);
    if (salvage.after === null) return impossible("surgical", "table-right");
    // What is lost for good is then told where the header is put right.
    salvage.table = table;
    return { ...salvage, level: "surgical" };
  }

  private async patched(
    level: RepairLevel,
    patches: Required<Patch>[],
    table: TableRepair | null,
  ): Promise<LevelFacts> {
    const after = await this.check(new PatchedSource(this.source, patches));
    const { activates, writes } = kernelOutcome(after);
    const refused = !activates || writes.length > 0;
    return { level, obstacle: refused ? "still-refused" : null, patches, after, table };
  }

  private async landmarks(chunkSize: number): Promise<RepairFacts["landmarks"]> {
    const { source } = this;
    const landmarks: RepairFacts["landmarks"] = [];
    for (const chunk of [0, 1, 2]) {
      const offset = chunk * chunkSize * 512;
      if (offset + 512 > source.size) break;
      landmarks.push({ offset, bytes: await source.read([{ offset, length: 512 }]) });
    }
    return landmarks;
  }

  private holdsMoreThanHeader(): Promise<boolean> {
    const { core, source } = this;
    const bytes = new Uint8Array(Math.min(core.HEADER_BYTES.value, source.size));
    return holdsData(core, new PatchedSource(source, [{ offset: 0, bytes }]));
  }
}

const impossible = (level: RepairLevel, obstacle: RepairObstacle): LevelFacts => ({
  level,
  obstacle,
  patches: [],
  after: null,
  table: null,
});
