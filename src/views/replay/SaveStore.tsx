import { useState } from "react";
import type { ReplayLink } from "../../address/replay-link.ts";
import { Button } from "../../ui/Button.tsx";
import { saveBlob } from "../../ui/save-file.ts";
import type { DeskProps } from "./desk-props.ts";
import { leftStore } from "./left-store.ts";
import type { Replayer } from "./replayer.ts";

interface SaveStoreProps {
  desk: DeskProps;
  replayer: Replayer;
  wanted: ReplayLink;
}

/** Saves the store that the whole schedule leaves behind; the open image stays as it is. */
export function SaveStore({ desk, replayer, wanted }: SaveStoreProps) {
  const [said, setSaid] = useState<string | null>(null);
  const save = async () => {
    const left = await leftStore(desk, wanted, replayer.oldEntries(wanted.params));
    setSaid(left.ok ? left.value.note : `${left.problem.message}. ${left.problem.todo}.`);
    if (left.ok) saveBlob(left.value.name, left.value.blob);
  };
  return (
    <>
      <Button onClick={() => void save()} title="What the whole schedule leaves on the disk">
        Save this store
      </Button>
      {said && <span role="status">{said}</span>}
    </>
  );
}
