/**
 * A reference to an entity that was passed over, among the children of an {@link XmlElement}: only something that is never loaded (an
 * external subset, or what a parameter entity stands for) could declare it. It has no text.
 *
 * @see [XML 1.0, 4.1](https://www.w3.org/TR/xml/#wf-entdeclared)
 */
export class XmlSkippedEntity {
  /** The entity's name: `'copyright'` for `&copyright;`. */
  readonly name: string;

  /** @internal */
  constructor(name: string) {
    this.name = name;
  }
}
