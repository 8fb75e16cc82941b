import { type TextPosition } from '../../errors/ParseError.js';
import { type Checkpoint } from '../../http/Checkpoint.js';
import { type MatcherMemory } from './selectors/SelectorMatcher.js';

/** Where `elements()` can go on, in another process too: plain data, which survives JSON. */
export interface XmlCheckpoint extends Checkpoint {
  /** The encoding of the document. */
  readonly encoding: string;
  /** Bytes of the body before the document: its byte order mark. */
  readonly documentStart: number;
  /** The place in the document, behind the record. */
  readonly position: TextPosition;
  /** How many records came up to here, this one included. */
  readonly records: number;
  /** How many characters entities have put into the document, which a limit bounds. */
  readonly entityCharacters: number;
  /** The selector. */
  readonly selector: string;
  /** What the selector's prefixes stand for. */
  readonly namespaces: Readonly<Record<string, string>>;
  /** The start tags of the elements that are open here, outermost first, declarations of namespaces included. */
  readonly open: readonly XmlCheckpointTag[];
  /** What a selector that counts siblings has counted; absent where the open elements say it all. */
  readonly counted?: readonly MatcherMemory[] | undefined;
}

/** A start tag in an {@link XmlCheckpoint}. */
export interface XmlCheckpointTag {
  /** The name as written. */
  readonly name: string;
  /** The attributes in document order. */
  readonly attributes: readonly (readonly [name: string, value: string])[];
  /** The line where it starts, from 1. */
  readonly line: number;
  /** The column where it starts, from 1. */
  readonly column: number;
}
