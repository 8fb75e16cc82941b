import { type EntityExpansion } from './EntityExpansion.js';
import { isReferenceCharacter } from './references.js';
import { bareAmpersand, XmlFault } from './XmlFault.js';

/** Where the expander's text goes. */
export interface ExpandedText {
  /** Text of the document as it stands there. */
  copy(text: string): void;
  /** Text that the document does not have at this place. */
  insert(text: string): void;
  /** Passes over text of the document, on one line, that something else was inserted for. */
  skip(units: number): void;
}

type State = 'content' | 'open' | 'declaration' | 'markup' | 'tag' | 'value' | 'reference';

/** What the expander works with in all of a document. */
interface ContentExpanderOptions {
  readonly expansion: EntityExpansion;
  /** A reference longer than that is none. */
  readonly longestName: number;
}

/**
 * Reads the document behind its DOCTYPE before saxes does, and puts the replacement texts of entities that hold markup for the
 * references to them in content. What is malformed it leaves to saxes as it stands, except for entities.
 *
 * @see https://www.w3.org/TR/xml/#entproc
 */
export class ContentExpander {
  readonly #options: ContentExpanderOptions;
  readonly #sink: ExpandedText;
  /** The entity whose replacement text this is; `undefined` for the document. */
  readonly #entity: string | undefined;
  #state: State = 'content';
  /** What was read of a reference, or of the characters that tell the kind of a declaration. */
  #name = '';
  #quote = '';
  /** What ends the markup that is not looked into. */
  #terminator = '';
  /** How many characters just before were the terminator's first, which comes again until its `>`. */
  #closing = 0;
  /** Whether the character before, in a start tag, was a "/". */
  #slash = false;
  /** Elements open in this text. */
  #depth = 0;
  /** Whether another text ends just before: then a "]]>" across the border is none. */
  #border: boolean;

  constructor(options: ContentExpanderOptions, sink: ExpandedText, entity?: string) {
    this.#options = options;
    this.#sink = sink;
    this.#entity = entity;
    this.#border = entity !== undefined;
  }

  write(text: string): void {
    /** Where the text starts that was not handed on yet. */
    let from = 0;
    const copyTo = (to: number): void => {
      if (to > from) this.#copy(text.slice(from, to));
      from = to;
    };
    for (let index = 0; index < text.length; index += 1) {
      const character = text.charAt(index);
      switch (this.#state) {
        case 'content':
          if (character === '&') {
            copyTo(index);
            this.#name = '';
            this.#state = 'reference';
          } else if (character === '<') {
            this.#state = 'open';
          } else if (this.#mustEscape(character)) {
            copyTo(index);
            this.#replace(1, `&#${character.charCodeAt(0)};`);
            from = index + 1;
          } else {
            index = this.#nextInContent(text, index + 1) - 1;
          }
          this.#border = false;
          break;
        case 'reference':
          if (character === ';') {
            this.#reference();
            from = index + 1;
          } else if (
            isReferenceCharacter(text.charCodeAt(index)) &&
            this.#name.length <= this.#options.longestName
          ) {
            this.#name += character;
          } else {
            throw bareAmpersand();
          }
          break;
        case 'value':
          index = indexOrEnd(text, this.#quote, index);
          if (index < text.length) this.#state = 'tag';
          break;
        case 'tag':
          this.#tag(character);
          break;
        case 'open':
          this.#startMarkup(character);
          break;
        case 'declaration':
          this.#declaration(character);
          break;
        case 'markup':
          if (character === '>' && this.#closing >= this.#terminator.length - 1) this.#state = 'content';
          else if (character === this.#terminator.charAt(0)) this.#closing += 1;
          else this.#closing = 0;
          break;
      }
    }
    // A reference is handed on whole.
    if (this.#state !== 'reference') copyTo(text.length);
  }

  /** Reads the end of the text. */
  end(): void {
    if (this.#state === 'reference') throw bareAmpersand();
    if (this.#entity === undefined || (this.#state === 'content' && this.#depth === 0)) return;
    throw new XmlFault(`the entity "${this.#entity}" does not hold whole elements`);
  }

  /** The place of the next character of the content, from `from` on, that may be looked at. */
  #nextInContent(text: string, from: number): number {
    const special = this.#entity === undefined ? documentSpecial : entitySpecial;
    special.lastIndex = from;
    return special.exec(text)?.index ?? text.length;
  }

  /** Whether a character of the content would be taken for something else if it stood there as it is. */
  #mustEscape(character: string): boolean {
    if (this.#border && (character === '>' || character === ']')) return true;
    // In a replacement text they come from references, so they are neither line ends nor, in XML 1.1, forbidden.
    return this.#entity !== undefined && /[\x00-\x08\x0B-\x1F\x7F-\x9F\u2028]/.test(character);
  }

  /** Hands on what stands in this text. */
  #copy(text: string): void {
    if (this.#entity === undefined) this.#sink.copy(text);
    else this.#sink.insert(text);
  }

  /** Hands on something else for `units` of this text. */
  #replace(units: number, text: string): void {
    if (text !== '') this.#sink.insert(text);
    if (this.#entity === undefined) this.#sink.skip(units);
  }

  /** Hands the text of an entity on that holds markup; leaves other references as they stand. */
  #reference(): void {
    const name = this.#name;
    this.#state = 'content';
    if (this.#depth === 0 && this.#entity === undefined && !name.startsWith('#')) {
      throw new XmlFault('a reference is not allowed outside the root element');
    }
    const { expansion } = this.#options;
    const replacement = expansion.enter(name);
    if (replacement === undefined) {
      this.#copy(`&${name};`);
      return;
    }
    const inner = new ContentExpander(this.#options, this.#sink, name);
    inner.write(replacement);
    inner.end();
    expansion.leave(name);
    this.#border = true;
    this.#replace(name.length + 2, '');
  }

  /** Reads a character of a start tag outside of the attributes' values. */
  #tag(character: string): void {
    if (character === '>') {
      if (!this.#slash) this.#depth += 1;
      this.#state = 'content';
    } else if (character === '"' || character === "'") {
      this.#quote = character;
      this.#state = 'value';
    }
    this.#slash = character === '/';
  }

  /** Reads the character behind a "<". */
  #startMarkup(character: string): void {
    if (character === '!') {
      this.#name = '';
      this.#state = 'declaration';
    } else if (character === '?') {
      this.#skipTo('?>');
    } else if (character === '/') {
      if (this.#depth === 0 && this.#entity !== undefined) {
        throw new XmlFault(`the entity "${this.#entity}" ends an element that it does not start`);
      }
      this.#depth -= 1;
      this.#skipTo('>');
    } else {
      this.#slash = false;
      this.#state = 'tag';
    }
  }

  /** Reads a character behind a "<!". */
  #declaration(character: string): void {
    this.#name += character;
    if (this.#name === '--') this.#skipTo('-->');
    else if (this.#name === '[CDATA[') this.#skipTo(']]>');
    else if (this.#name !== '-' && !'[CDATA['.startsWith(this.#name)) this.#state = 'content';
  }

  #skipTo(terminator: string): void {
    this.#terminator = terminator;
    this.#closing = 0;
    this.#state = 'markup';
  }
}

const documentSpecial = /[&<]/g;
/** What {@link ContentExpander} escapes in a replacement text too. */
const entitySpecial = /[&<\x00-\x08\x0B-\x1F\x7F-\x9F\u2028]/g;

function indexOrEnd(text: string, wanted: string, from: number): number {
  const index = text.indexOf(wanted, from);
  return index === -1 ? text.length : index;
}
