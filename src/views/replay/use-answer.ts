import { useEffect, useRef, useState } from "react";
import { OneInFlight } from "../../ui/one-in-flight.ts";

/**
 * The answer to a question that is named by `key`; the one before stays until the next has come, so
 * that nothing flickers. At most one question is under way.
 */
export function useAnswer<T>(key: string, ask: () => Promise<T>): T | null {
  const [answer, setAnswer] = useState<{ key: string; value: T } | null>(null);
  const latest = useRef(ask);
  const flight = useRef(new OneInFlight());
  useEffect(() => {
    latest.current = ask;
  });
  useEffect(() => {
    flight.current.run(async () => setAnswer({ key, value: await latest.current() }));
  }, [key]);
  return answer?.value ?? null;
}
