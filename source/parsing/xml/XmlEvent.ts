import { type TextPosition } from '../../errors/ParseError.js';
import { type XmlAttribute, type XmlDeclaration } from './XmlHandler.js';

/** What every SAX event has. */
interface Positioned {
  /** Where the token starts: line and column from 1, offset from 0, in UTF-16 code units, byte order mark excluded. */
  readonly position: TextPosition;
}

/** `<?xml version="1.0" encoding="UTF-8"?>` */
export interface XmlDeclarationEvent extends Positioned, XmlDeclaration {
  readonly type: 'xmlDeclaration';
}

/** `<!DOCTYPE html>` */
export interface XmlDoctypeEvent extends Positioned {
  readonly type: 'doctype';
  /** What stands between `<!DOCTYPE` and its `>`, line ends normalised. */
  readonly text: string;
}

/** `<g:price currency="EUR">` or `<g:price/>` */
export interface XmlStartElementEvent extends Positioned {
  readonly type: 'startElement';
  /** The name as written: `'g:price'`. */
  readonly name: string;
  /** The prefix: `'g'`; empty where there is none. */
  readonly prefix: string;
  /** The name behind the prefix: `'price'`. */
  readonly local: string;
  /** The namespace's URI; empty where the element is in none. */
  readonly uri: string;
  /** The attributes in document order, declarations (`xmlns`) included, defaults of the DTD last. */
  readonly attributes: readonly XmlAttribute[];
  /** Whether it was written `<a/>`; an `endElement` follows all the same. */
  readonly selfClosing: boolean;
}

/** `</g:price>`, or the end of `<g:price/>`, whose position is the tag's. */
export interface XmlEndElementEvent extends Positioned {
  readonly type: 'endElement';
  readonly name: string;
  readonly prefix: string;
  readonly local: string;
  readonly uri: string;
}

/** Text inside the root element, references resolved; a long one comes in several events. */
export interface XmlTextEvent extends Positioned {
  readonly type: 'text';
  readonly text: string;
}

/** `<![CDATA[text]]>` */
export interface XmlCdataEvent extends Positioned {
  readonly type: 'cdata';
  readonly text: string;
}

/** `<!--text-->` */
export interface XmlCommentEvent extends Positioned {
  readonly type: 'comment';
  readonly text: string;
}

/** `<?target data?>` */
export interface XmlProcessingInstructionEvent extends Positioned {
  readonly type: 'processingInstruction';
  readonly target: string;
  readonly data: string;
}

/** What the `xml()` operator emits: one token of the document, told by its `type`. */
export type XmlEvent =
  | XmlDeclarationEvent
  | XmlDoctypeEvent
  | XmlStartElementEvent
  | XmlEndElementEvent
  | XmlTextEvent
  | XmlCdataEvent
  | XmlCommentEvent
  | XmlProcessingInstructionEvent;
