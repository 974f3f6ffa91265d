import type { RaceAsker } from "../client/race-client.ts";
import type { RemoteFile } from "../protocol/store-service.ts";
import { StartView } from "../views/start/StartView.tsx";
import type { Sample } from "../views/start/samples.ts";
import type { Place } from "./navigation.ts";
import { ADDRESS, type View } from "./views.tsx";

/** Which page it is: the one of `address.html` alone may ask servers for an image. */
export type Entry = "file" | "address";

interface StartScreenProps {
  entry: Entry;
  place: Place;
  view: View;
  race: RaceAsker;
  onChoose: () => void;
  onOpenSample: (sample: Sample) => void;
  onOpenRemote: (file: RemoteFile) => void;
}

/** While no image is open: the start page, or a view that does without. */
export function StartScreen(props: StartScreenProps) {
  const { entry, place, view, race, onChoose, onOpenSample, onOpenRemote } = props;
  if (place.fetching !== null) return <main aria-busy="true" />;
  // A view of an image that has to be handed over again is not the same view without one.
  if (view.WithoutStore !== null && !place.lost) return <view.WithoutStore race={race} />;
  const lost = place.lost ? place.file : null;
  const isRemote = lost !== null && lost.address !== null;
  if (entry === "address" && (lost === null || isRemote)) {
    return <ADDRESS.Component lost={lost?.address ?? null} onOpen={onOpenRemote} />;
  }
  return (
    <StartView
      lost={lost}
      sendsNothing={entry === "file"}
      onChoose={onChoose}
      onOpenSample={onOpenSample}
    />
  );
}
