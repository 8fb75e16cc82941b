import { type TextPosition } from '../../errors/ParseError.js';

/** Trouble that the reader finds itself, in a document type declaration or with a reference; the reader makes an `XmlError` of it. */
export class XmlFault extends Error {
  override readonly name = 'XmlFault';
  /** What to do about it, where there is something to say. */
  readonly advice: string | undefined;
  /** Where it is, if not where the reader is. */
  position: TextPosition | undefined;

  constructor(detail: string, advice?: string, options?: ErrorOptions) {
    super(detail, options);
    this.advice = advice;
  }
}

/** The error for an "&" that starts no reference. */
export function bareAmpersand(): XmlFault {
  return new XmlFault('a bare "&"', 'write "&amp;"');
}

/**
 * Gives an error that keeps alive nothing but itself. Until its stack is read, V8 keeps with an error what the calls in it were
 * made on: all of a DOM, say.
 */
export function detached<Thrown>(error: Thrown): Thrown {
  if (error instanceof Error) Reflect.get(error, 'stack');
  return error;
}
