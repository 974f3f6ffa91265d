const STRICT = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** A name's bytes as text; see `FileEntry.path`. */
export function nameText(bytes: Uint8Array): string {
  try {
    return STRICT.decode(bytes);
  } catch {
    return mixed(bytes);
  }
}

/** What is UTF-8 as it is, each other byte as U+DC80 to U+DCFF. */
function mixed(bytes: Uint8Array): string {
  let text = "";
  for (let at = 0; at < bytes.length; ) {
    const length = [1, 2, 3, 4].find((count) => isText(bytes.subarray(at, at + count))) ?? 0;
    text +=
      length > 0
        ? STRICT.decode(bytes.subarray(at, at + length))
        : String.fromCharCode(0xdc00 + (bytes[at] ?? 0));
    at += Math.max(1, length);
  }
  return text;
}

function isText(bytes: Uint8Array): boolean {
  try {
    return STRICT.decode(bytes).length > 0;
  } catch {
    return false;
  }
}

/** Up to the first zero byte: labels. */
export function labelText(bytes: Uint8Array): string {
  const end = bytes.indexOf(0);
  return nameText(end < 0 ? bytes : bytes.subarray(0, end));
}

export function uuidText(bytes: Uint8Array): string {
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
