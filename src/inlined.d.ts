/** Files as texts inside a script (scripts/vite/inlined.ts): only the single file has them. */

declare module "*?base64" {
  const base64: string;
  export default base64;
}

/** All of a worker, as one classic script. */
declare module "*?script" {
  const script: string;
  export default script;
}
