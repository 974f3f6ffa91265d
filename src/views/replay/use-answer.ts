import { useEffect, useRef, useState } from "react";
import type { Result } from "../../protocol/problem.ts";
import { OneInFlight } from "../../ui/one-in-flight.ts";

export interface Answer<T> {
  /** Which question it answers: while the next one is under way, an older one than asked. */
  key: string;
  result: Result<T>;
}

/**
 * The answer to a question that is named by `key`; the one before stays until the next has come, so
 * that nothing flickers. At most one question is under way.
 */
export function useAnswer<T>(key: string, ask: () => Promise<Result<T>>): Answer<T> | null {
  const [answer, setAnswer] = useState<Answer<T> | null>(null);
  const latest = useRef(ask);
  const flight = useRef(new OneInFlight());
  useEffect(() => {
    latest.current = ask;
  });
  useEffect(() => {
    flight.current.run(async () => {
      const result = await latest.current();
      setAnswer({ key, result });
    });
  }, [key]);
  return answer;
}
