/** A MIME type, taken apart. */
export interface MimeType {
  /** Type and subtype, in lower case: `text/html`. */
  readonly essence: string;
  /** The parameters by lower-case name, in their order; the first of a name holds. */
  readonly parameters: ReadonlyMap<string, string>;
}
