/** The kernel itself would sit in its lists for minutes: no answer is better than a wrong one. */
export class TangledTable extends Error {
  override readonly name = "TangledTable";
}
