import { useEffect, useState } from "react";
import type { StoreReader } from "../../client/held-store.ts";
import type { Result } from "../../protocol/problem.ts";
import type { RepairPlan } from "../../protocol/repair.ts";

/** The plan for the store that is open; null while it is worked out. */
export function usePlan(reader: StoreReader): Result<RepairPlan> | null {
  const [plan, setPlan] = useState<Result<RepairPlan> | null>(null);
  useEffect(() => {
    let wanted = true;
    void reader.repairPlan().then((answer) => {
      if (wanted) setPlan(answer);
    });
    return () => {
      wanted = false;
    };
  }, [reader]);
  return plan;
}
