import type { RaceAsker } from "../client/race-client.ts";
import { StartView } from "../views/start/StartView.tsx";
import type { Sample } from "../views/start/samples.ts";
import type { Place } from "./navigation.ts";
import type { View } from "./views.tsx";

interface StartScreenProps {
  place: Place;
  view: View;
  race: RaceAsker;
  onChoose: () => void;
  onOpenSample: (sample: Sample) => void;
}

/** While no image is open: the start page, or a view that does without. */
export function StartScreen({ place, view, race, onChoose, onOpenSample }: StartScreenProps) {
  if (place.fetching !== null) return <main aria-busy="true" />;
  // A view of an image that has to be handed over again is not the same view without one.
  if (view.WithoutStore !== null && !place.lost) return <view.WithoutStore race={race} />;
  const lost = place.lost ? place.file : null;
  return <StartView lost={lost} onChoose={onChoose} onOpenSample={onOpenSample} />;
}
