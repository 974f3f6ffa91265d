/** PARAMS of `cowscope race` as the contract gives them for an example, and for what is left out. */
export const CONTRACT_RACE = {
  fix: "before",
  storeBytes: 8,
  ioCopy: "words",
  index: 0,
  entriesPerArea: 256,
  copies: 1,
  pendingAfter: 0,
  chunkSize: 8,
  exceptions: [["7", "2"]],
  entry0: ["3", "2"],
};
