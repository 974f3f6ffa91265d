import type { ReplayLink } from "../../address/replay-link.ts";
import type { Retraced } from "../../protocol/retrace.ts";
import { Button } from "../../ui/Button.tsx";
import type { DeskProps } from "./desk-props.ts";
import { endOf } from "./first-link.ts";
import { isRaced } from "./how-it-happened.ts";
import { raceKey } from "./race-key.ts";
import type { Replayer } from "./replayer.ts";

interface WhenceProps {
  desk: DeskProps;
  replayer: Replayer;
  wanted: ReplayLink;
}

/** What the schedule on the screen has to do with the open store: it left it so, or is an example. */
export function Whence({ desk, replayer, wanted }: WhenceProps) {
  const { store, start, retraced } = desk;
  const { params } = wanted;
  if (store === null || start === null) {
    return <>An example: a snapshot overflows while a copy is still in flight. </>;
  }
  const { name } = store.report.image;
  const place = `index ${params.index} of ${params.entriesPerArea}`;
  if (retraced === null) {
    return isRaced(store) ? (
      <>
        An example: no schedule was found that leaves {name} as it is, only others from {place}.{" "}
      </>
    ) : (
      <>
        An example on a copy in memory of {name}, {place}: it overflows while a copy is in flight.{" "}
      </>
    );
  }
  if (isShown(retraced, wanted)) return <b>{leavesWords(retraced, name, start.area)} </b>;
  return (
    <>
      Another schedule than the one that leaves {name} as it was found.{" "}
      <Button onClick={() => replayer.open(endOf(retraced))}>Back to that one</Button>{" "}
    </>
  );
}

function leavesWords({ leaves }: Retraced, name: string, area: number): string {
  return leaves === "chunks"
    ? `This schedule leaves chunk 0 and area ${area} of ${name} as they were found, byte for byte.`
    : `This schedule leaves the 16 bytes of the header of ${name} as they were found.`;
}

const isShown = (retraced: Retraced, { params, schedule }: ReplayLink): boolean =>
  retraced.schedule === schedule && raceKey(retraced.params) === raceKey(params);
