import { type FormEvent, useState } from "react";
import type { Result } from "../../protocol/problem.ts";
import type { BackwardsAnswer } from "../../protocol/race.ts";
import { Button } from "../../ui/Button.tsx";
import { BackwardsAnswerView } from "./BackwardsAnswerView.tsx";
import styles from "./BackwardsPanel.module.css";
import { ChunkSizeField } from "./ChunkSizeField.tsx";
import { finalHeader, readHeaderBytes, writeHeaderBytes } from "./header-bytes.ts";
import type { SideProps } from "./side-props.ts";

/** From 16 bytes found in chunk 0 back to the schedules that could have left them. */
export function BackwardsPanel({ desk, replayer, state }: SideProps) {
  const { store, start, race } = desk;
  const { replay, wanted } = state;
  const found = store?.report.header;
  const ofStore = found
    ? writeHeaderBytes([found.magic, found.valid, found.version, found.chunkSize])
    : null;
  const [typed, setTyped] = useState(
    ofStore ?? (replay ? writeHeaderBytes(finalHeader(replay)) : ""),
  );
  const [answer, setAnswer] = useState<Result<BackwardsAnswer> | null>(null);
  const [chunkSize, setChunkSize] = useState(start?.chunkSize ?? wanted?.params.chunkSize ?? 8);

  const ask = async (event: FormEvent) => {
    event.preventDefault();
    const header = readHeaderBytes(typed);
    if (header === null) return;
    const sectors = (size: string | null | undefined) =>
      size ? BigInt(size) / BigInt(chunkSize) : null;
    setAnswer(
      await race.backwards({
        header,
        chunkSize,
        cowChunks: ofStore === typed ? sectors(store?.report.image.sectors) : null,
        originChunks: ofStore === typed ? sectors(store?.report.options.originSectors) : null,
      }),
    );
  };

  return (
    <div className={styles.panel}>
      <p>
        Given the 16 bytes of a header: which schedules, with which exceptions, could have left
        exactly these on the disk?
      </p>
      <form className={styles.form} onSubmit={(event) => void ask(event)}>
        <label>
          Header bytes, in hex
          <input
            type="text"
            spellCheck={false}
            value={typed}
            pattern="\s*([0-9a-fA-F]{2}\s*){16}"
            title="16 bytes, two hex digits each"
            onChange={(event) => setTyped(event.target.value)}
          />
        </label>
        <ChunkSizeField value={chunkSize} onChange={setChunkSize} />
        <div className={styles.actions}>
          <Button type="submit">Look backwards</Button>
          {ofStore && <Button onClick={() => setTyped(ofStore)}>The open store’s header</Button>}
          {replay && (
            <Button onClick={() => setTyped(writeHeaderBytes(finalHeader(replay)))}>
              What this schedule leaves
            </Button>
          )}
        </div>
      </form>
      {answer && !answer.ok && <p role="alert">{answer.problem.message}.</p>}
      {answer?.ok && (
        <BackwardsAnswerView
          answer={answer.value}
          onReplay={(params, schedule) =>
            replayer.open({ params, schedule, step: schedule.length })
          }
        />
      )}
    </div>
  );
}
