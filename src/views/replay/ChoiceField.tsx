import styles from "./Parameters.module.css";

interface ChoiceFieldProps<T extends string | number> {
  name: string;
  value: T;
  choices: readonly T[];
  words: (choice: T) => string;
  onChange: (choice: T) => void;
}

export function ChoiceField<T extends string | number>(props: ChoiceFieldProps<T>) {
  const { name, value, choices, words, onChange } = props;
  return (
    <label className={styles.field}>
      {name}
      <select
        value={String(value)}
        onChange={(event) => {
          const choice = choices.find((one) => String(one) === event.target.value);
          if (choice !== undefined) onChange(choice);
        }}
      >
        {choices.map((choice) => (
          <option key={choice} value={String(choice)}>
            {words(choice)}
          </option>
        ))}
      </select>
    </label>
  );
}
