import { ChoiceField } from "./ChoiceField.tsx";

/** Sectors; the largest whose buffers a replay holds whole is 2048. */
const CHUNK_SIZES = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048];

interface ChunkSizeFieldProps {
  value: number;
  onChange: (chunkSize: number) => void;
}

export function ChunkSizeField({ value, onChange }: ChunkSizeFieldProps) {
  return (
    <ChoiceField
      name="chunk size, sectors"
      value={value}
      choices={[...new Set([...CHUNK_SIZES, value])].sort((a, b) => a - b)}
      words={String}
      onChange={onChange}
    />
  );
}
