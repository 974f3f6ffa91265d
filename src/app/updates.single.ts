/** The single file is as it is: nothing is kept of it, and nothing replaces it. */
export class Updates {
  readonly subscribe = (): (() => void) => () => {};
  readonly ready = (): boolean => false;
  async keep(): Promise<void> {}
  readonly update = (): void => {};
}
