import { type TextPosition } from '../../errors/ParseError.js';
import { type ResolvedName } from './NamespaceScopes.js';
import { type XmlAttribute, type XmlStartTag } from './XmlHandler.js';

/** A start tag that remembers where it stands, so that an element that is never closed can be named with its place. */
export class StartTag implements XmlStartTag {
  readonly name: string;
  readonly prefix: string;
  readonly local: string;
  readonly uri: string;
  readonly attributes: readonly XmlAttribute[];
  readonly selfClosing: boolean;
  readonly line: number;
  readonly column: number;

  constructor(
    { name, prefix, local, uri }: ResolvedName,
    attributes: readonly XmlAttribute[],
    selfClosing: boolean,
    { line, column }: TextPosition,
  ) {
    this.name = name;
    this.prefix = prefix;
    this.local = local;
    this.uri = uri;
    this.attributes = attributes;
    this.selfClosing = selfClosing;
    this.line = line;
    this.column = column;
  }
}
