/** Where the expander's text goes. */
export interface ExpandedText {
  /** Text of the document as it stands there. */
  copy(text: string): void;
  /** Text that the document does not have at this place. */
  insert(text: string): void;
  /** Passes over text of the document, on one line, that something else was inserted for. */
  skip(units: number): void;
}
