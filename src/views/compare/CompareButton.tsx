import { useRef, useState } from "react";
import type { Image, StoreReader } from "../../client/held-store.ts";
import { Button } from "../../ui/Button.tsx";
import { CompareDialog } from "./CompareDialog.tsx";

/** Asks for another image, and shows how the open store differs from it. */
export function CompareButton({ reader }: { reader: StoreReader }) {
  const picker = useRef<HTMLInputElement>(null);
  const [other, setOther] = useState<Image | null>(null);
  return (
    <>
      <Button aria-label="Compare with another image" onClick={() => picker.current?.click()}>
        Compare …
      </Button>
      <input
        ref={picker}
        hidden
        type="file"
        aria-label="Image to compare with"
        onChange={({ target }) => {
          const file = target.files?.[0];
          if (file !== undefined) setOther({ blob: file, name: file.name });
          target.value = "";
        }}
      />
      {other !== null && (
        <CompareDialog reader={reader} other={other} onClose={() => setOther(null)} />
      )}
    </>
  );
}
