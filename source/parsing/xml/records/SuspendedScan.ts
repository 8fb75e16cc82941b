import { type TextPosition } from '../../../errors/ParseError.js';
import { type OpenTag } from '../OpenElements.js';
import { type RecordNode } from '../RecordNode.js';
import { type ElementMatcher } from '../selectors/compileSelector.js';

/** An element that is open where a scanner has stopped. */
export interface OpenElement extends OpenTag {
  /** Where it is in a record: its place in the document, what it holds so far, and whether it matches. */
  readonly inRecord:
    | {
        readonly offset: number;
        readonly content: readonly (RecordNode | string)[];
        readonly isMatch: boolean;
      }
    | undefined;
}

/** What somebody has to know who goes on where a scanner has stopped. */
export interface SuspendedScan {
  /** Where the token starts that comes next. */
  readonly position: TextPosition;
  /** Bytes of the document before that. */
  readonly byteOffset: number;
  /** Outermost first. */
  readonly open: readonly OpenElement[];
  /** Told of all tags before. */
  readonly matcher: ElementMatcher;
  /** The bytes from there on that were taken already. */
  readonly rest: Uint8Array;
  /** Whether the root has ended. */
  readonly ended: boolean;
}
