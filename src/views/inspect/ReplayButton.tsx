import type { StoreReader } from "../../client/held-store.ts";
import type { RaceAsker } from "../../client/race-client.ts";
import type { OpenedStore } from "../../protocol/store-service.ts";
import { Button } from "../../ui/Button.tsx";
import { endOf } from "../replay/first-link.ts";
import { howItHappened, isRaced } from "../replay/how-it-happened.ts";
import { leftAt } from "../replay/left-at.ts";
import { useAnswer } from "../replay/use-answer.ts";

interface ReplayButtonProps {
  store: OpenedStore;
  reader: StoreReader;
  race: RaceAsker;
}

/** Leads to the schedule that left this store; where none is known, to one that is an example. */
export function ReplayButton({ store, reader, race }: ReplayButtonProps) {
  const answer = useAnswer("retraced", async () => ({
    retraced: await howItHappened(store, reader, race),
  }));
  if (!isRaced(store)) return null;
  const retraced = answer?.retraced ?? null;
  const replay = () => {
    if (retraced !== null) leftAt.set(reader, endOf(retraced));
    // The address decides which view is on the screen.
    location.hash = "replay";
  };
  return (
    <Button
      disabled={answer === null}
      title={
        retraced === null ? "An example: no schedule is known that leaves these bytes" : undefined
      }
      onClick={replay}
    >
      {answer !== null && retraced === null ? "Replay the race" : "Replay how it happened"}
    </Button>
  );
}
