import { addressToShare } from "../../address/history-entry.ts";
import type { ReplayLink } from "../../address/replay-link.ts";
import type { Result } from "../../protocol/problem.ts";
import { Button } from "../../ui/Button.tsx";
import { grouped } from "../../ui/format.ts";
import { CopyButton } from "../inspect/CopyButton.tsx";
import type { DeskProps } from "./desk-props.ts";
import { FixToggle } from "./FixToggle.tsx";
import styles from "./ReplayBar.module.css";
import type { Replayer } from "./replayer.ts";
import { SaveStore } from "./SaveStore.tsx";
import type { BothExplored } from "./use-exploration.ts";
import { Whence } from "./Whence.tsx";

interface ReplayBarProps {
  desk: DeskProps;
  replayer: Replayer;
  wanted: ReplayLink;
  exploration: Result<BothExplored> | null;
  showsParameters: boolean;
  onShowParameters: (shows: boolean) => void;
}

/** Which kernel, how many ways there are, and what can be taken away from here. */
export function ReplayBar(props: ReplayBarProps) {
  const { desk, replayer, wanted, exploration, showsParameters, onShowParameters } = props;
  const { params } = wanted;
  const link = () => addressToShare({ replay: wanted });
  return (
    <div className={styles.bar}>
      <FixToggle fix={params.fix} onChange={(fix) => replayer.setParams({ ...params, fix })} />
      <p className={styles.words}>
        <Whence desk={desk} replayer={replayer} wanted={wanted} />
        {exploration?.ok && (
          <>
            Two threads, <b>{grouped(exploration.value.before.schedules)}</b> ways to interleave
            them.
          </>
        )}
      </p>
      <Button aria-expanded={showsParameters} onClick={() => onShowParameters(!showsParameters)}>
        Parameters
      </Button>
      <CopyButton what="Copy link" text={link()} />
      <SaveStore desk={desk} replayer={replayer} wanted={wanted} />
    </div>
  );
}
