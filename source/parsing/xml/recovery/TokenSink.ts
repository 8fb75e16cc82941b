import { type TextPosition } from '../../../errors/ParseError.js';
import { type XmlRepairKind } from './XmlRepair.js';

/** The kinds of markup. */
export type MarkupKind = 'startTag' | 'endTag' | 'comment' | 'cdata' | 'doctype' | 'instruction';

/** What `LenientTokenizer` calls. */
export interface TokenSink {
  /** A piece of text, line ends normalised, without forbidden characters. */
  text(text: string, start: TextPosition): void;
  /** What is between the first characters of markup and the last, as it stands. */
  markup(kind: MarkupKind, content: string, start: TextPosition): void;
  /** What stands for a reference to the name or number; `undefined` where it is not text, and `enter` is called next. */
  resolve(name: string, start: TextPosition): string | undefined;
  enter(name: string, start: TextPosition): void;
  repair(kind: XmlRepairKind, start: TextPosition, text: string): void;
  /** Markup has grown to this length. */
  checkLength(length: number, start: TextPosition): void;
}
