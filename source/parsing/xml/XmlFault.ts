/** Trouble that the reader finds itself, in a document type declaration or with a reference; the reader makes an `XmlError` of it. */
export class XmlFault extends Error {
  override readonly name = 'XmlFault';
  /** What to do about it, where there is something to say. */
  readonly advice: string | undefined;

  constructor(detail: string, advice?: string) {
    super(detail);
    this.advice = advice;
  }
}

/** The error for an "&" that starts no reference. */
export function bareAmpersand(): XmlFault {
  return new XmlFault('a bare "&"', 'write "&amp;"');
}
