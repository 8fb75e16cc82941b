import { type EntityDeclaration } from './dtd/Dtd.js';
import { isNCName } from './names.js';
import { characterOf, isReferenceName, predefinedEntities } from './references.js';
import { bareAmpersand, XmlFault } from './XmlFault.js';
import { type XmlLimits } from './XmlLimits.js';

/** What entities are expanded with. */
export interface EntityExpansionOptions {
  readonly guard: XmlLimits;
  /** What the caller supplies for an entity that the document does not declare. */
  readonly lookup: (name: string) => string | undefined;
  /** Characters of the document read so far. */
  readonly read: () => number;
}

/** Entities may nest so deep at most, whatever the limits say: each level is a call. */
const deepest = 500;
const escapes: Readonly<Record<string, string>> = { '"': '&quot;', '\t': ' ', '\n': ' ', '\r': ' ' };

/** References, what must not stand in a quoted value as it is, and what XML 1.1 would take for a line end or refuse. */
const attributeSpecials = /&([^&;]*)(;?)|[<"\u0001-\u001F\u007F-\u009F\u2028]/g;

/** The general entities of one document, and how much they have put into it. */
export class EntityExpansion {
  /** The general entities that the document declares. */
  readonly declared = new Map<string, EntityDeclaration>();
  readonly #options: EntityExpansionOptions;
  /** The entities whose text is being read, outermost first. */
  readonly #open = new Set<string>();
  /** Characters that entities have put into the document. Who reads something again sets it back. */
  spent = 0;
  /** Whether there may be declarations that nobody has read, so that an entity which is not declared is passed over. */
  mayDeclareMore = false;
  /** Characters of the document read so far, where it is not the reader that reads. */
  scanned: number | undefined;

  constructor(options: EntityExpansionOptions) {
    this.#options = options;
  }

  /** Counts characters that an entity puts into the document. */
  spend(characters: number): void {
    const { guard, read } = this.#options;
    const { xmlEntityCharacters, xmlEntityGrowth } = guard.limits;
    this.spent += characters;
    if (this.spent > xmlEntityCharacters) throw guard.overLimit('xmlEntityCharacters');
    if (this.spent > xmlEntityGrowth * (this.scanned ?? read())) throw guard.overLimit('xmlEntityGrowth');
  }

  /**
   * What stands for a reference that is read as it stands: a character, one of XML's own entities, or one supplied; `undefined` where
   * it is passed over.
   */
  resolve(name: string, version: '1.0' | '1.1'): string | undefined {
    const known = predefinedEntities.get(name);
    if (known !== undefined) return known;
    if (name.startsWith('#')) return characterOf(name, version);
    if (!isNCName(name)) throw bareAmpersand();
    const text = this.#supplied(name);
    this.spend(text?.length ?? 0);
    return text;
  }

  /** The same for a scanner, which tells how far it has read. */
  supply(name: string, offset: number): string {
    this.scanned = offset;
    const text = this.resolve(name, '1.0');
    if (text === undefined) throw new XmlFault(`the entity "${name}" is passed over`);
    return text;
  }

  #supplied(name: string): string | undefined {
    const text = this.#options.lookup(name);
    if (text === undefined && !(this.mayDeclareMore && !this.declared.has(name))) {
      const fault = this.declared.has(name) ? 'external, and nothing external is loaded' : 'not declared';
      throw new XmlFault(`the entity "${name}" is ${fault}`, 'the option "entities" can supply it');
    }
    return text;
  }

  /**
   * The replacement text of an entity that the document declares, which is being read until `leave`; `undefined` where
   * there is none, so that the reference stays for saxes, which asks `resolve`.
   */
  enter(name: string): string | undefined {
    const declaration = this.declared.get(name);
    if (declaration === undefined || predefinedEntities.has(name)) return undefined;
    if (declaration.unparsed)
      throw new XmlFault(`the entity "${name}" is no XML: only an attribute may name it`);
    const { text } = declaration;
    if (text === undefined) return undefined;
    if (this.#open.has(name)) throw new XmlFault(`the entity "${name}" refers to itself`);
    if (this.#open.size >= deepest) throw new XmlFault(`more than ${deepest} entities are inside each other`);
    this.spend(text.length);
    this.#open.add(name);
    return text;
  }

  leave(name: string): void {
    this.#open.delete(name);
  }

  /** What stands for a reference inside a double-quoted attribute value; `undefined` as `enter` gives it. */
  inAttribute(name: string): string | undefined {
    const text = this.enter(name);
    if (text === undefined) return undefined;
    const expanded = this.attributeText(text);
    this.leave(name);
    return expanded;
  }

  /** A default or an entity's text, ready to stand between double quotes in a start tag. */
  attributeText(text: string): string {
    return text.replace(attributeSpecials, (found, name: string | undefined, end: string) => {
      if (found === '<')
        throw new XmlFault('"<" is not allowed in an attribute value, nor in an entity used there');
      if (name === undefined) return escapes[found] ?? `&#${found.charCodeAt(0)};`;
      if (end === '' || !isReferenceName(name)) throw bareAmpersand();
      if (name.startsWith('#') || predefinedEntities.has(name)) return found;
      const expanded = this.inAttribute(name);
      if (expanded !== undefined) return expanded;
      // The reference stays for saxes; that there is a text for it must be known now.
      this.#supplied(name);
      return found;
    });
  }
}
