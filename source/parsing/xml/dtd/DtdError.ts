/** Trouble in a document type declaration or with an entity it declares; the reader makes an `XmlError` of it. */
export class DtdError extends Error {
  override readonly name = 'DtdError';
  /** Characters of the declaration before the trouble; `undefined` where it lies behind, in the document. */
  readonly index: number | undefined;

  constructor(detail: string, index?: number) {
    super(detail);
    this.index = index;
  }
}
