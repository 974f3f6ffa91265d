import type { Image } from "../client/held-store.ts";
import { Button } from "../ui/Button.tsx";
import type { Answer } from "./intake.ts";
import { Notice } from "./Notice.tsx";

interface AnswerNoticeProps {
  answer: Answer | null;
  onChoose: (image: Image) => void;
  onDismiss: () => void;
}

/** What became of the files that were handed over, and a question where only a person knows. */
export function AnswerNotice({ answer, onChoose, onDismiss }: AnswerNoticeProps) {
  if (answer === null) return null;
  return (
    <Notice severity="note" onDismiss={onDismiss}>
      {answer.words}
      {answer.choose.map((image) => (
        <span key={image.name}>
          {" "}
          <Button onClick={() => onChoose(image)}>{image.name}</Button>
        </span>
      ))}
    </Notice>
  );
}
