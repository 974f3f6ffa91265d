import { useEffect, useRef, useState } from "react";

const STEP_MS = 750;

/** Takes a step at a time until the end; from the end it begins again. */
export function usePlay(step: number, last: number, go: (step: number) => void) {
  const [wanted, setPlaying] = useState(false);
  const latest = useRef(go);
  useEffect(() => {
    latest.current = go;
  });
  const playing = wanted && step < last;
  useEffect(() => {
    if (!playing) return;
    const timer = setTimeout(() => latest.current(step + 1), STEP_MS);
    return () => clearTimeout(timer);
  }, [playing, step]);
  const toggle = () => {
    if (!playing && step >= last) go(0);
    setPlaying(!playing);
  };
  return { playing, toggle, stop: () => setPlaying(false) };
}
