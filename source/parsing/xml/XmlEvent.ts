import { type TextPosition } from '../../errors/ParseError.js';
import { type XmlAttribute, type XmlDeclaration } from './XmlHandler.js';

/** What every SAX event has. */
interface Positioned {
  /** Where the token starts: line and column from 1, offset from 0, in UTF-16 code units, byte order mark excluded. */
  readonly position: TextPosition;
}

/** `<?xml version="1.0" encoding="UTF-8"?>` */
export interface XmlDeclarationEvent extends Positioned, XmlDeclaration {
  /** Which event this is. */
  readonly type: 'xmlDeclaration';
}

/** `<!DOCTYPE html>` */
export interface XmlDoctypeEvent extends Positioned {
  /** Which event this is. */
  readonly type: 'doctype';
  /** What stands between `<!DOCTYPE` and its `>`, line ends normalised. */
  readonly text: string;
}

/** `<g:price currency="EUR">` or `<g:price/>` */
export interface XmlStartElementEvent extends Positioned {
  /** Which event this is. */
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
  /** Which event this is. */
  readonly type: 'endElement';
  /** The name as written. */
  readonly name: string;
  /** The prefix; empty where there is none. */
  readonly prefix: string;
  /** The name behind the prefix. */
  readonly local: string;
  /** The namespace's URI; empty where the element is in none. */
  readonly uri: string;
}

/** Text inside the root element, references resolved; a long one comes in several events. */
export interface XmlTextEvent extends Positioned {
  /** Which event this is. */
  readonly type: 'text';
  /** The text. */
  readonly text: string;
}

/** `<![CDATA[text]]>` */
export interface XmlCdataEvent extends Positioned {
  /** Which event this is. */
  readonly type: 'cdata';
  /** The text. */
  readonly text: string;
}

/** `<!--text-->` */
export interface XmlCommentEvent extends Positioned {
  /** Which event this is. */
  readonly type: 'comment';
  /** The text. */
  readonly text: string;
}

/** `<?target data?>` */
export interface XmlProcessingInstructionEvent extends Positioned {
  /** Which event this is. */
  readonly type: 'processingInstruction';
  /** What the instruction is for: its first word. */
  readonly target: string;
  /** What follows, without the white space between. */
  readonly data: string;
}

/** `&name;` of an entity that only something that is never loaded could declare: it is passed over. */
export interface XmlSkippedEntityEvent extends Positioned {
  /** Which event this is. */
  readonly type: 'skippedEntity';
  /** The entity's name. */
  readonly name: string;
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
  | XmlProcessingInstructionEvent
  | XmlSkippedEntityEvent;
