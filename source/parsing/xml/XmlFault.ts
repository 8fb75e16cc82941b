/** Trouble that the reader finds itself, in a document type declaration or with a reference; the reader makes an `XmlError` of it. */
export class XmlFault extends Error {
  override readonly name = 'XmlFault';
  /** Characters of the declaration before the trouble; `undefined` where it lies behind, in the document. */
  readonly index: number | undefined;

  /** What to do about it, where there is something to say. */
  readonly advice: string | undefined;

  constructor(
    detail: string,
    { index, advice }: { readonly index?: number; readonly advice?: string | undefined } = {},
  ) {
    super(detail);
    this.index = index;
    this.advice = advice;
  }
}
