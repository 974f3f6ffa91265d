import { DOUBT_WORDS, halvesWords, SHAPE_WORDS } from "../../explain/race/race-backwards.ts";
import type { BackwardsAnswer, BackwardsSolution, RaceParams } from "../../protocol/race.ts";
import { Button } from "../../ui/Button.tsx";
import { counted, grouped } from "../../ui/format.ts";
import styles from "./BackwardsPanel.module.css";

type OnReplay = (params: RaceParams, schedule: string) => void;

/** More than these are not read by anybody; the first are those that a kernel could really have. */
const MOST_SHOWN = 12;

export function BackwardsAnswerView(props: { answer: BackwardsAnswer; onReplay: OnReplay }) {
  const { answer, onReplay } = props;
  const { intended, inUse, solutions, searched } = answer;
  const intact = intended || inUse;
  return (
    <div className={styles.answer} role="status">
      {intact && (
        <p>
          <b>This is simply the header as it was written.</b>{" "}
          {intended
            ? "An invalidation that nothing disturbs leaves these bytes."
            : "A store in use has these bytes from the moment it is made."}{" "}
          {solutions.length > 0 && "What follows needs more than that to happen:"}
        </p>
      )}
      <p>
        {solutions.length === 0 ? (
          <b>No schedule of this race leaves these bytes, whatever the exceptions.</b>
        ) : (
          <b>
            {counted(solutions.length, "way")} these bytes can {intact && "also "}have come about.
          </b>
        )}{" "}
        Searched: {grouped(searched)} schedules, before the fix.
      </p>
      {solutions.slice(0, MOST_SHOWN).map((solution) => (
        <Solution
          key={JSON.stringify([solution.shape, solution.exceptions])}
          solution={solution}
          onReplay={onReplay}
        />
      ))}
      {solutions.length > MOST_SHOWN && (
        <p>The other {solutions.length - MOST_SHOWN} need more switches, or are in doubt.</p>
      )}
    </div>
  );
}

function Solution({ solution, onReplay }: { solution: BackwardsSolution; onReplay: OnReplay }) {
  const { shape, exceptions, doubts, modes } = solution;
  return (
    <div className={styles.solution}>
      <p>{SHAPE_WORDS[shape]}</p>
      {exceptions.length > 0 && (
        <p className={styles.exceptions}>{exceptions.map(exceptionWords).join("; then ")}</p>
      )}
      {doubts.length > 0 && (
        <p className={styles.doubt}>
          Doubtful: {doubts.map((doubt) => DOUBT_WORDS[doubt]).join("; ")}.
        </p>
      )}
      <div className={styles.actions}>
        {modes.map(({ params, schedule, switches }) => (
          <Button
            key={`${params.storeBytes} ${params.ioCopy}`}
            onClick={() => onReplay(params, schedule)}
          >
            {params.storeBytes}-byte stores,{" "}
            {params.ioCopy === "words" ? "word by word" : "at once"}:{" "}
            {counted(switches, "switch", "switches")}
          </Button>
        ))}
      </div>
    </div>
  );
}

const exceptionWords = (exception: BackwardsSolution["exceptions"][number]): string =>
  `old_chunk ${halvesWords(exception.old)} → new_chunk ${halvesWords(exception.new)}`;
