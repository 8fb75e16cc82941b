import { type TextPosition } from '../../../errors/ParseError.js';
import { TextPlaces } from './TextPlaces.js';
import { type XmlRepairKind } from './XmlRepair.js';

/** How far a document, or several one after the other, has come, and what is wrong outside of the root element. */
export class DocumentOutline {
  readonly #repair: (kind: XmlRepairKind, position: TextPosition, text: string) => void;
  #state: 'start' | 'prolog' | 'root' | 'epilog' = 'start';
  #hasDoctype = false;
  /** Whether there was a declaration of this document, or anything that may not be before one. */
  #declared = false;
  /** White space and byte order marks before all markup. */
  #leading: { readonly text: string; readonly start: TextPosition } | undefined;
  /** Whether there was a root element. */
  rooted = false;

  constructor(repair: (kind: XmlRepairKind, position: TextPosition, text: string) => void) {
    this.#repair = repair;
  }

  /** Whether there was nothing but white space. */
  get isEmpty(): boolean {
    return this.#state === 'start';
  }

  get inRoot(): boolean {
    return this.#state === 'root';
  }

  /** Whether the root has ended and nothing of a further document was read. */
  get isOver(): boolean {
    return this.#state === 'epilog';
  }

  /** Whether a declaration may come here. */
  get mayDeclare(): boolean {
    return !this.#declared;
  }

  /** Takes text outside of the root element. */
  text(text: string, start: TextPosition): void {
    const content = text.search(/[^ \t\r\n\uFEFF]/);
    if (content !== -1) {
      const places = new TextPlaces(start);
      places.next(text);
      this.#repair('junk', places.at(content), text.slice(content).trimEnd());
      if (this.#state === 'start') this.#state = 'prolog';
    } else if (this.#state === 'start') {
      const { text: before, start: first } = this.#leading ?? { text: '', start };
      this.#leading = { text: before + text, start: first };
    } else if (text.includes('\uFEFF')) {
      this.#repair('junk', start, text);
    }
  }

  /** Takes markup that is no declaration. */
  markup(endsProlog: boolean): void {
    this.#endLeading(false);
    if (endsProlog && this.#state === 'prolog') this.#declared = true;
  }

  /** Takes a declaration; behind a root, that of a further document. */
  declaration(): void {
    this.#endLeading(true);
    this.#declared = true;
    this.#state = 'prolog';
    this.#hasDoctype = false;
  }

  /** Takes a document type declaration, and tells whether there may be one. */
  doctype(): boolean {
    const isAllowed = this.#state === 'prolog' && !this.#hasDoctype;
    this.#hasDoctype = true;
    return isAllowed;
  }

  openRoot(): void {
    this.#state = 'root';
    this.rooted = this.#declared = true;
  }

  closeRoot(): void {
    this.#state = 'epilog';
  }

  /** The first markup has come: what was before it is a fault if it is more than white space, or before a declaration. */
  #endLeading(isDeclaration: boolean): void {
    if (this.#state !== 'start') return;
    this.#state = 'prolog';
    const leading = this.#leading;
    if (leading !== undefined && (isDeclaration || leading.text.includes('\uFEFF')))
      this.#repair('leadingCharacters', leading.start, leading.text);
  }
}
