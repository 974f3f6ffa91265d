/** Those 32 characters as people know them: "KbXUxZ-hSTc-RyDI-LLwY-Y9aA-SCcb-HafYXL" (id_write_format). */
export function formatUuid(characters: string): string {
  const middle = characters.slice(6, 26).match(/.{1,4}/gs) ?? [];
  return [characters.slice(0, 6), ...middle, characters.slice(26)].join("-");
}

/** The same with or without dashes; null where it is no UUID of LVM's. */
export function readUuid(text: string | null): string | null {
  const characters = text?.replaceAll("-", "") ?? "";
  return /^[A-Za-z0-9!#]{32}$/.test(characters) ? formatUuid(characters) : null;
}
