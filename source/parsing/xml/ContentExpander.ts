import { bareAmpersand } from './bareAmpersand.js';
import { characterCodes } from './characterCodes.js';
import { type Dtd } from './dtd/Dtd.js';
import { XmlFault } from './XmlFault.js';
import { type EntityExpansion } from './EntityExpansion.js';
import { type ExpandedText } from './ExpandedText.js';
import { isReferenceCharacter } from './isReferenceCharacter.js';
import { StartTagNames } from './StartTagNames.js';

const { less, ampersand, greater, bracket, semicolon, slash, equals, quotation, apostrophe } = characterCodes;
const { exclamation, question, hyphen, tab, lineFeed, carriageReturn, space } = characterCodes;

type State =
  | 'content'
  | 'reference'
  | 'open'
  | 'declaration'
  | 'comment'
  | 'cdata'
  | 'instruction'
  | 'endTag'
  | 'tag'
  | 'tagSlash'
  | 'equals'
  | 'value'
  | 'valueReference';

/** What the expander works with in all of a document. */
export interface ContentExpanderOptions {
  readonly dtd: Dtd;
  readonly expansion: EntityExpansion;
  /** A reference longer than that is none. */
  readonly longestName: number;
}

/**
 * Reads the document behind its DOCTYPE before saxes does, puts the entities' replacement texts for the references to
 * them and adds the defaults of attributes. What is malformed it leaves to saxes as it stands, except for entities.
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
  readonly #names = new StartTagNames();
  #quote = 0;
  /** How many characters of a closing `--`, `]]` or `?` came just before. */
  #closing = 0;
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
      if (to > from) this.#sink.copy(text.slice(from, to));
      from = to;
    };
    for (let index = 0; index < text.length; index += 1) {
      const code = text.charCodeAt(index);
      switch (this.#state) {
        case 'content':
          if (code === less) this.#state = 'open';
          else if (code === ampersand) {
            copyTo(index);
            this.#name = '';
            this.#state = 'reference';
          } else if (this.#mustEscape(code)) {
            copyTo(index);
            this.#sink.insert(`&#${code};`);
            this.#sink.skip(1);
            from = index + 1;
          }
          this.#border = false;
          break;
        case 'reference':
        case 'valueReference':
          if (code === semicolon) {
            this.#reference();
            from = index + 1;
          } else if (isReferenceCharacter(code) && this.#name.length <= this.#options.longestName) {
            this.#name += text.charAt(index);
          } else {
            throw bareAmpersand();
          }
          break;
        case 'tag':
        case 'equals':
          if (code === greater || code === slash) {
            const defaults = this.#names.missingDefaults(this.#options.dtd);
            if (defaults !== '') {
              copyTo(index);
              this.#sink.insert(defaults);
            }
          }
          this.#tag(code, text.charAt(index));
          break;
        case 'value':
          if (code === this.#quote) this.#state = 'tag';
          else if (code === ampersand) {
            copyTo(index);
            this.#name = '';
            this.#state = 'valueReference';
          }
          break;
        case 'tagSlash':
          this.#state = code === greater ? 'content' : 'tag';
          break;
        case 'open':
          this.#startMarkup(code, text.charAt(index));
          break;
        case 'declaration':
          this.#declaration(text.charAt(index));
          break;
        case 'comment':
          this.#close(code, hyphen, 2);
          break;
        case 'cdata':
          this.#close(code, bracket, 2);
          break;
        case 'instruction':
          this.#close(code, question, 1);
          break;
        case 'endTag':
          if (code === greater) this.#state = 'content';
          break;
      }
    }
    // A reference is handed on whole.
    if (this.#state !== 'reference' && this.#state !== 'valueReference') copyTo(text.length);
  }

  /** Reads the end of the text. */
  end(): void {
    if (this.#state === 'reference' || this.#state === 'valueReference') throw bareAmpersand();
    if (this.#entity === undefined || (this.#state === 'content' && this.#depth === 0)) return;
    throw new XmlFault(`the entity "${this.#entity}" does not hold whole elements`);
  }

  /** Whether a character of the content would be taken for something else if it stood there as it is. */
  #mustEscape(code: number): boolean {
    if (this.#border && (code === greater || code === bracket)) return true;
    if (this.#entity === undefined) return false;
    // In a replacement text they come from references, so they are neither line ends nor, in XML 1.1, forbidden.
    return (
      (code < 0x20 && code !== tab && code !== lineFeed) || (code >= 0x7f && code <= 0x9f) || code === 0x2028
    );
  }

  /** Expands a reference, or leaves it as it stands: to a character, a predefined entity, one the caller supplies. */
  #reference(): void {
    const name = this.#name;
    const asItStands = `&${name};`;
    const inContent = this.#state === 'reference';
    this.#state = inContent ? 'content' : 'value';
    const { expansion } = this.#options;
    if (!inContent) {
      const expanded = expansion.inAttribute(name);
      if (expanded === undefined) this.#sink.copy(asItStands);
      else this.#replace(name, this.#quote === apostrophe ? expanded.replaceAll("'", '&apos;') : expanded);
      return;
    }
    if (this.#depth === 0 && this.#entity === undefined && !name.startsWith('#')) {
      throw new XmlFault('a reference is not allowed outside the root element');
    }
    const replacement = name.startsWith('#') ? undefined : expansion.enter(name);
    if (replacement === undefined) {
      this.#sink.copy(asItStands);
      return;
    }
    const sink: ExpandedText = {
      copy: (text) => {
        this.#sink.insert(text);
      },
      insert: (text) => {
        this.#sink.insert(text);
      },
      skip: () => undefined,
    };
    const inner = new ContentExpander(this.#options, sink, name);
    inner.write(replacement);
    inner.end();
    expansion.leave(name);
    this.#replace(name, '');
    this.#border = true;
  }

  #replace(name: string, text: string): void {
    if (text !== '') this.#sink.insert(text);
    this.#sink.skip(name.length + 2);
  }

  /** Reads a character of a start tag outside of the attributes' values. */
  #tag(code: number, character: string): void {
    if (code === greater) {
      this.#depth += 1;
      this.#state = 'content';
    } else if (code === slash) {
      this.#state = 'tagSlash';
    } else if (this.#state === 'equals') {
      if (code !== quotation && code !== apostrophe) return;
      this.#quote = code;
      this.#state = 'value';
    } else if (isWhite(code)) {
      this.#names.end();
    } else if (code === equals) {
      this.#names.end();
      this.#state = 'equals';
    } else {
      this.#names.add(character);
    }
  }

  /** Reads the character behind a "<". */
  #startMarkup(code: number, character: string): void {
    this.#name = '';
    this.#closing = 0;
    if (code === exclamation) this.#state = 'declaration';
    else if (code === question) this.#state = 'instruction';
    else if (code === slash) this.#openEndTag();
    else {
      this.#names.begin(character);
      this.#state = 'tag';
    }
  }

  /** Reads a character behind a "<!". */
  #declaration(character: string): void {
    this.#name += character;
    if (this.#name === '--') this.#state = 'comment';
    else if (this.#name === '[CDATA[') this.#state = 'cdata';
    else if (this.#name !== '-' && !'[CDATA['.startsWith(this.#name)) this.#state = 'content';
  }

  #openEndTag(): void {
    if (this.#depth === 0 && this.#entity !== undefined) {
      throw new XmlFault(`the entity "${this.#entity}" ends an element that it does not start`);
    }
    this.#depth -= 1;
    this.#state = 'endTag';
  }

  #close(code: number, closing: number, count: number): void {
    if (code === closing) this.#closing += 1;
    else if (code === greater && this.#closing >= count) this.#state = 'content';
    else this.#closing = 0;
  }
}

function isWhite(code: number): boolean {
  return code === space || code === tab || code === lineFeed || code === carriageReturn;
}
