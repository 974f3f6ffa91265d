/** The single file has no page beside it. */
export const AddressLink = (): null => null;
