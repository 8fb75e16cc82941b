import { type TextPosition } from '../../errors/ParseError.js';
import { type XmlStartTag } from './XmlHandler.js';

/** A start tag that remembers where it stands, so that an element that is never closed can be named with its place. */
export interface StartTag extends XmlStartTag {
  readonly line: number;
  readonly column: number;
}

/** How far a document was read when it ended. */
interface DocumentState {
  /** The elements that are open, outermost first. */
  readonly open: readonly StartTag[];
  /** Whether there was nothing but white space. */
  readonly empty: boolean;
  /** Whether there was a root element. */
  readonly rooted: boolean;
  /** Where the token starts that is being read. */
  readonly start: TextPosition;
  readonly betweenMarkup: boolean;
}

/** Why a document must not end where it does; `undefined` where it is whole. */
export function describeUnfinished(state: DocumentState): string | undefined {
  const { open, start } = state;
  if (open.length > 0) return `the document ends before the end of ${describeOpenElements(open)}`;
  if (state.empty) return 'the document is empty';
  if (!state.betweenMarkup) {
    return `the document ends inside the markup that starts at line ${start.line}, column ${start.column},`;
  }
  return state.rooted ? undefined : 'the document has no root element';
}

/** Names the innermost elements that are open, with their places. */
export function describeOpenElements(open: readonly StartTag[]): string {
  const named = open
    .slice(-3)
    .reverse()
    .map(({ name, line, column }) => `<${name}> (opened at line ${line}, column ${column})`);
  return named.join(', ') + (open.length > 3 ? ` and ${open.length - 3} more` : '');
}
