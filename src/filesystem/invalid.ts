/** What lies there can be no such structure: expected trouble, told of the file that it belongs to. */
export class Invalid extends Error {
  override readonly name = "Invalid";
}

/** Reading took more steps than any sound file system of that size asks for. */
export class TooMuch extends Error {
  override readonly name = "TooMuch";
}
