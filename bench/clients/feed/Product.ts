/** The three fields of a record that every client takes; `undefined` where the record has none. */
export interface Product {
  readonly id: string | undefined;
  readonly title: string | undefined;
  readonly price: string | undefined;
}
