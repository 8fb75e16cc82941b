import { type XmlAttribute } from './XmlHandler.js';

/** What saxes 6 holds but does not declare; specs fail where another version differs. */
export interface SaxesInternals {
  /** The piece being read, the index behind the last character read, and that character's index. */
  readonly chunk: string;
  readonly i: number;
  readonly prevI: number;
  /** The first half of a character whose second half was not written yet. */
  readonly carriedFromPrevious: string | undefined;
  /** Code units read before `chunk`; between two writes, all that were read. */
  readonly chunkPosition: number;
  readonly positionAtNewLine: number;
  readonly line: number;
  readonly state: number;
  /** What is pending of the token being read. */
  text: string;
  readonly name: string;
  readonly piTarget: string;
  readonly entity: string;
  /** The attributes of the start tag being read; replaced by a new list where a tag had any. */
  readonly attribList: XmlAttribute[];
  closeTag: (this: unknown) => void;
  setXMLVersion(version: string): void;
}
