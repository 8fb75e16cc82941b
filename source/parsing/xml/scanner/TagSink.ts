import { type StartTagReader } from './StartTagReader.js';

/** What a scanner tells. Places are those in its window, which hold until the call returns. */
export interface TagSink {
  /** The scanner's `tags` have read a start tag; `false` has the scanner hand over at it. */
  startTag(tag: StartTagReader, from: number, to: number): boolean;
  endTag(from: number, to: number): void;
  /** The innermost element has text that is not as it stands: references, line ends other than LF, sections, comments. */
  specialText(): void;
  /** Bytes from here on are still needed; -1 where none are before the token. And how many more than code units are before. */
  readonly keptFrom: number;
  readonly keptSurplus: number;
  /** So many bytes are gone from the window's start. */
  moved(bytes: number): void;
}
