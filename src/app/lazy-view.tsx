import { type ComponentType, type FunctionComponent, lazy } from "react";

/**
 * A view whose code is fetched when it is first opened. Where that fails (the server is gone, or it
 * has another build by now) the view says so, and the rest of the page goes on.
 */
export const lazyView = <Props extends object>(
  load: () => Promise<FunctionComponent<Props>>,
): ComponentType<Props> =>
  lazy(async () => ({ default: await load().catch((): FunctionComponent<Props> => NotLoaded) }));

function NotLoaded() {
  return (
    <main>
      <p role="alert" style={{ padding: 20 }}>
        This view could not be loaded: the server that the page came from does not answer. Load the
        page again once it does; the open image then has to be handed over again.
      </p>
    </main>
  );
}
