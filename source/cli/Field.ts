/** One field of a record: what it is called and where its value is found. */
export interface Field {
  /** Its name in the output. */
  readonly name: string;
  /** Which element, from the record on; `undefined` is the record itself. */
  readonly selector: string | undefined;
  /** Which attribute of that element; `undefined` is its text. */
  readonly attribute: string | undefined;
  /** Whether it is a list of all matches, not the first. */
  readonly isList: boolean;
}
