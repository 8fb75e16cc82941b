/** What the server answers with, as far as it is looked at. */
export interface Item {
  readonly id: number;
}
