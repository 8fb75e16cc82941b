import { type TextPosition } from '../../../errors/ParseError.js';
import { type EntityExpansion } from '../EntityExpansion.js';
import { isNCName } from '../names.js';
import { characterOf, predefinedEntities } from '../references.js';
import { XmlFault } from '../XmlFault.js';
import { xmlPlatform } from '../xmlPlatform.js';
import { TextPlaces } from './TextPlaces.js';
import { type XmlRepairKind } from './XmlRepair.js';

/** What a value must be looked at for. */
const valueSpecials = /&([^\s&;<"']*;)?|<|\r\n|[\u0000-\u001F\uFFFE\uFFFF]/g;

/** What {@link LenientReferences} works with. */
interface LenientReferencesOptions {
  readonly expansion: EntityExpansion;
  /** What the caller supplies for an entity that the document does not declare. */
  readonly lookup: (name: string) => string | undefined;
  readonly repair: (kind: XmlRepairKind, position: TextPosition, text: string) => void;
}

/** Resolves the references of one document, and takes for text what is none. */
export class LenientReferences {
  version: '1.0' | '1.1' = '1.0';
  /** Whether there may be declarations that were not read. */
  mayDeclareMore = false;
  readonly #expansion: EntityExpansion;
  readonly #lookup: (name: string) => string | undefined;
  readonly #repair: LenientReferencesOptions['repair'];

  constructor({ expansion, lookup, repair }: LenientReferencesOptions) {
    this.#expansion = expansion;
    this.#lookup = lookup;
    this.#repair = repair;
  }

  /** What stands for a reference in text; `undefined` where it is what an entity declares, or passed over. */
  inText(name: string, position: TextPosition): string | undefined {
    const known = this.#character(name, position);
    if (known !== undefined) return known;
    if (this.#expansion.isPlain(name)) return this.#expansion.resolve(name, 'text');
    const declared = this.#expansion.declared.get(name);
    if (declared?.text !== undefined || declared?.unparsed === true) return undefined;
    return this.#undeclared(name, position);
  }

  /** The value that stands between quotes; what came from an entity has no line ends. */
  value(raw: string, at: (index: number) => TextPosition, hasLineEnds: boolean): string {
    if (!/[&<\u0000-\u001F\uFFFE\uFFFF]/.test(raw)) return raw;
    let high: { readonly code: number; readonly at: number; readonly name: string } | undefined;
    let value = '';
    let from = 0;
    const endHigh = (): void => {
      if (high === undefined) return;
      this.#repair('forbiddenCharacter', at(high.at), `&${high.name};`);
      value += '\uFFFD';
      high = undefined;
    };
    for (const match of raw.matchAll(valueSpecials)) {
      const [found, reference] = match;
      const { index } = match;
      if (index > from) endHigh();
      value += raw.slice(from, index);
      from = index + found.length;
      if (reference !== undefined) {
        const name = reference.slice(0, -1);
        const code = surrogateOf(name);
        if (high !== undefined && code >= 0xdc00) {
          this.#repair('surrogatePair', at(high.at), `&${high.name};${found}`);
          value += String.fromCharCode(high.code, code);
          high = undefined;
          continue;
        }
        endHigh();
        if (code >= 0xd800 && code < 0xdc00) high = { code, at: index, name };
        else value += this.#inValue(name, at(index));
        continue;
      }
      endHigh();
      if (found === '&') {
        this.#repair('bareAmpersand', at(index), raw.slice(index, index + 20));
        value += '&';
      } else if (found === '<') {
        this.#repair('bareLessThan', at(index), raw.slice(index, index + 20));
        value += '<';
      } else if (/[\t\n\r]/.test(found)) {
        value += hasLineEnds ? ' ' : ' '.repeat(found.length);
      } else {
        this.#repair('forbiddenCharacter', at(index), found);
        value += '\uFFFD';
      }
    }
    endHigh();
    return value + raw.slice(from);
  }

  /** The text, line ends normalised, what XML forbids replaced; `skipped` characters of the markup are before it. */
  legalText(text: string, { line, column, offset }: TextPosition, skipped: number): string {
    const forbidden = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g;
    let places: TextPlaces | undefined;
    const legal = text.replace(forbidden, (found, index: number) => {
      if (places === undefined) {
        places = new TextPlaces({ line, column: column + skipped, offset: offset + skipped });
        places.next(text);
      }
      this.#repair('forbiddenCharacter', places.at(index), found);
      return '\uFFFD';
    });
    return legal.includes('\r') ? legal.replace(/\r\n?/g, '\n') : legal;
  }

  /** What stands for a reference in a value. */
  #inValue(name: string, position: TextPosition): string {
    const known = this.#character(name, position);
    if (known !== undefined) return known;
    if (this.#expansion.isPlain(name)) return this.#expansion.resolve(name, 'value') ?? '';
    const text = this.#expansion.enter(name);
    if (text === undefined) return this.#undeclared(name, position) ?? '';
    const value = this.value(text, () => position, false);
    this.#expansion.leave(name);
    return value;
  }

  /** What stands for one of XML's own entities, a character's number, or what is no name at all. */
  #character(name: string, position: TextPosition): string | undefined {
    const predefined = predefinedEntities.get(name);
    if (predefined !== undefined) return predefined;
    if (name.startsWith('#')) {
      if (!/^#(?:\d+|x[\da-fA-F]+)$/.test(name)) {
        this.#repair('bareAmpersand', position, `&${name};`);
        return `&${name};`;
      }
      try {
        return characterOf(name, this.version);
      } catch (error) {
        if (!(error instanceof XmlFault)) throw error;
        this.#repair('forbiddenCharacter', position, `&${name};`);
        return '\uFFFD';
      }
    }
    if (isNCName(name)) return undefined;
    this.#repair('bareAmpersand', position, `&${name};`);
    return `&${name};`;
  }

  /** What stands for an entity that the document does not declare; `undefined` where it is passed over by right. */
  #undeclared(name: string, position: TextPosition): string | undefined {
    const supplied = this.#lookup(name);
    if (supplied !== undefined) {
      this.#expansion.spend(supplied.length);
      return supplied;
    }
    if (this.mayDeclareMore || this.#expansion.declared.has(name)) return undefined;
    this.#repair('undeclaredEntity', position, `&${name};`);
    return htmlEntity(name) ?? `&${name};`;
  }
}

/** HTML's character of this name, where the platform knows it. */
function htmlEntity(name: string): string | undefined {
  try {
    return xmlPlatform().htmlEntity(name);
  } catch {
    // A worker has no HTML parser.
    return undefined;
  }
}

/** The half of a character that a reference names by its number; 0 for all else. */
export function surrogateOf(name: string): number {
  const [, decimal, hexadecimal] = /^#(?:(\d+)|x([\da-fA-F]+))$/.exec(name) ?? [];
  const code = decimal === undefined ? parseInt(hexadecimal ?? '0', 16) : parseInt(decimal, 10);
  return code >= 0xd800 && code <= 0xdfff ? code : 0;
}
