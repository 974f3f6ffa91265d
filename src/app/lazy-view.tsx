import { type FunctionComponent, type ReactNode, useEffect, useState } from "react";
import { PageIncomplete } from "../protocol/page-incomplete.ts";
import { Button } from "../ui/Button.tsx";
import { ProblemScreen } from "../views/problem/ProblemScreen.tsx";

/** A part of the page that is fetched when it is first shown. */
export interface LazyView<Props extends object> {
  Component: FunctionComponent<Props>;
  /** Fetches it ahead; if that fails, it is fetched again once it is shown. */
  ahead: () => void;
}

/**
 * A view whose code arrives behind the page: the first screen does not wait for it. One that does
 * not arrive is a problem on the screen, in the view's place. Not React.lazy: that shows its
 * fallback also for what is there already, and never asks a second time.
 * @param name as the page calls it
 * @param pending what stands in its place until it is there
 */
export function lazyView<Props extends object>(
  name: string,
  load: () => Promise<FunctionComponent<Props>>,
  pending: ReactNode = <main aria-busy="true" />,
): LazyView<Props> {
  let loaded: FunctionComponent<Props> | null = null;
  const fetched = async () => {
    loaded ??= await load();
    return loaded;
  };
  function Component(props: Props) {
    const [View, setView] = useState(() => loaded);
    useEffect(() => {
      if (View !== null) return;
      fetched()
        .catch((error: unknown) => missingView(name, error))
        .then((view) => setView(() => view));
    }, [View]);
    return View === null ? pending : <View {...props} />;
  }
  return { Component, ahead: () => void fetched().catch(() => {}) };
}

/** What stands in the place of a view that did not arrive. */
function missingView(name: string, error: unknown): FunctionComponent {
  const { problem } = new PageIncomplete(`shows ${name}`, error);
  return () => (
    <ProblemScreen
      severity="problem"
      title={problem.message}
      details={[
        { name: "Where", text: problem.where },
        { name: "Expected", text: problem.expected },
        { name: "Found", text: problem.found },
        { name: "Code", text: `\`${problem.code}\`` },
      ]}
      todo={problem.todo}
      actions={
        <Button kind="primary" onClick={() => location.reload()}>
          Reload the page
        </Button>
      }
    />
  );
}
