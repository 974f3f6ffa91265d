import { useEffect, useState } from "react";
import { Button } from "../../ui/Button.tsx";

const SAID_FOR_MS = 2000;

interface CopyButtonProps {
  what: string;
  /** A function where it is worth making only when it is asked for. */
  text: string | (() => string);
  /** Its whole name, where what it shows is too short for those who do not see where it stands. */
  name?: string;
  /** What it says afterwards. */
  copied?: string;
}

/** Copies text; says so for a moment, or says that the browser did not allow it. */
export function CopyButton({ what, text, name, copied = "Copied" }: CopyButtonProps) {
  const [said, setSaid] = useState<string | null>(null);
  useEffect(() => {
    if (said === null) return;
    const timer = setTimeout(() => setSaid(null), SAID_FOR_MS);
    return () => clearTimeout(timer);
  }, [said]);
  const copy = () =>
    Promise.resolve()
      .then(() => navigator.clipboard.writeText(typeof text === "string" ? text : text()))
      .then(
        () => setSaid(copied),
        () => setSaid("The browser does not allow copying"),
      );
  return (
    <Button onClick={copy} aria-live="polite" aria-label={said === null ? name : undefined}>
      {said ?? what}
    </Button>
  );
}
