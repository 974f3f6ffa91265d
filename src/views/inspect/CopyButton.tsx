import { useEffect, useState } from "react";
import { Button } from "../../ui/Button.tsx";

const SAID_FOR_MS = 2000;

/** Copies text; says so for a moment, or says that the browser did not allow it. */
export function CopyButton({ what, text }: { what: string; text: string }) {
  const [said, setSaid] = useState<string | null>(null);
  useEffect(() => {
    if (said === null) return;
    const timer = setTimeout(() => setSaid(null), SAID_FOR_MS);
    return () => clearTimeout(timer);
  }, [said]);
  const copy = () =>
    Promise.resolve()
      .then(() => navigator.clipboard.writeText(text))
      .then(
        () => setSaid("Copied"),
        () => setSaid("The browser does not allow copying"),
      );
  return (
    <Button onClick={copy} aria-live="polite">
      {said ?? what}
    </Button>
  );
}
