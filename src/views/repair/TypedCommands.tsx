import { CopyButton } from "../inspect/CopyButton.tsx";
import styles from "./LevelPanel.module.css";

interface TypedCommandsProps {
  title: string;
  about: string;
  commands: readonly string[];
}

/** Commands that are long, and looked at only by who types them. */
export function TypedCommands({ title, about, commands }: TypedCommandsProps) {
  const text = commands.join("\n");
  return (
    <details className={styles.more}>
      <summary>{title}</summary>
      <p>{about}</p>
      <pre>{text}</pre>
      <CopyButton what={`Copy: ${title.toLowerCase()}`} text={text} />
    </details>
  );
}
