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
  /** Characters, read so far, of the text or the value that is being read. */
  readonly pending: () => number;
}

/** Entities may nest so deep at most, whatever the limits say: each level is a call. */
export const deepestEntity = 500;

/** References, and what an attribute's value does not hold as it is. */
const valueSpecials = /&([^&;]*)(;?)|[<\t\n\r]/g;

/** The general entities of one document, and how much they have put into it. */
export class EntityExpansion {
  /** The general entities that the document declares. */
  readonly declared = new Map<string, EntityDeclaration>();
  version: '1.0' | '1.1' = '1.0';
  readonly #options: EntityExpansionOptions;
  /** The entities whose text is being read, outermost first. */
  readonly #open = new Set<string>();
  /** What entities that refer to no other ones are in an attribute's value, as far as somebody asked. */
  readonly #values = new Map<string, string>();
  /** Characters that entities and defaults have put into the document. Code that reads something again sets it back. */
  spent = 0;
  /** Whether there may be declarations that nobody has read, so that an entity which is not declared is passed over. */
  mayDeclareMore = false;
  /** Characters of the document read so far, where it is not the reader that reads. */
  scanned: number | undefined;
  /** Characters of all attribute defaults. */
  #defaults = 0;
  /** Characters of the text that is being made for a reference, or for a default. */
  #made = 0;

  constructor(options: EntityExpansionOptions) {
    this.#options = options;
  }

  /**
   * Counts characters that the document grows by. Up to a floor they are free; beyond it they are measured against what was read
   * of the document, so that a harmless one may be as long as it likes.
   */
  spend(characters: number): void {
    if (characters <= 0) return;
    const { guard, read } = this.#options;
    const { xmlEntityCharacters, xmlEntityGrowth } = guard.limits;
    this.spent += characters;
    if (this.spent <= xmlEntityCharacters) return;
    const allowed = xmlEntityGrowth * (this.scanned ?? read());
    if (this.spent <= allowed) return;
    const limit = allowed > xmlEntityCharacters ? 'xmlEntityGrowth' : 'xmlEntityCharacters';
    throw guard.overLimit(limit, 'entities and attribute defaults put too much into the document');
  }

  /**
   * Resolves a reference that is read as it stands: to a character, to one of XML's own entities, to one that is supplied, or to
   * one that is declared, whose markup is not read in an attribute's value. Returns `undefined` if the reference is passed over.
   */
  resolve(name: string, where: 'text' | 'value'): string | undefined {
    this.#made = name.length + 2;
    return this.#resolve(name, where);
  }

  #resolve(name: string, where: 'text' | 'value'): string | undefined {
    const known = predefinedEntities.get(name);
    if (known !== undefined) return known;
    if (name.startsWith('#')) return characterOf(name, this.version);
    if (!isNCName(name)) throw bareAmpersand();
    const declared = this.#textOf(name);
    if (declared !== undefined && where === 'value') return this.#valueOf(name, declared);
    const text = declared ?? this.#supplied(name);
    if (text !== undefined) this.#refer(name, text);
    return text;
  }

  /** The same for a scanner, which tells how far it has read. */
  supply(name: string, offset: number): string {
    this.scanned = offset;
    const text = this.resolve(name, 'text');
    if (text === undefined) throw new XmlFault(`the entity "${name}" is passed over`);
    return text;
  }

  /**
   * The replacement text of an entity that the document declares, which is being read until `leave`; `undefined` where
   * there is none or it is text alone, so that the reference stays for saxes, which asks `resolve`.
   */
  enter(name: string): string | undefined {
    const text = predefinedEntities.has(name) ? undefined : this.#textOf(name);
    if (text === undefined || isPlain(text)) return undefined;
    this.#begin(name, text);
    return text;
  }

  leave(name: string): void {
    this.#open.delete(name);
  }

  /** The value that an attribute's default stands for. */
  defaultValue(literal: string): string {
    this.#made = literal.length;
    const value = this.#value(literal);
    // All of them are kept.
    this.#defaults += value.length;
    this.#options.guard.checkText(this.#defaults);
    return value;
  }

  /** Whether a declared entity is text alone, so that {@link enter} leaves it to {@link resolve}. */
  isPlain(name: string): boolean {
    const text = this.declared.get(name)?.text;
    return text !== undefined && isPlain(text);
  }

  /** The replacement text of a declared entity; `undefined` where it is not declared here, or is external. */
  #textOf(name: string): string | undefined {
    const declaration = this.declared.get(name);
    if (declaration?.unparsed === true)
      throw new XmlFault(`the entity "${name}" is no XML: only an attribute may name it`);
    return declaration?.text;
  }

  #supplied(name: string): string | undefined {
    const text = this.#options.lookup(name);
    if (text === undefined && !(this.mayDeclareMore && !this.declared.has(name))) {
      const fault = this.declared.has(name) ? 'external, and nothing external is loaded' : 'not declared';
      throw new XmlFault(`the entity "${name}" is ${fault}`, 'the option "entities" can supply it');
    }
    return text;
  }

  #valueOf(name: string, text: string): string {
    if (!isPlain(text)) {
      this.#begin(name, text);
      this.#make(name, text);
      const value = this.#value(text);
      this.leave(name);
      return value;
    }
    this.#refer(name, text);
    let value = this.#values.get(name);
    // It is made once: a reference costs no more than its own length, whatever it stands for.
    if (value === undefined) this.#values.set(name, (value = text.replace(/[\t\n\r]/g, ' ')));
    return value;
  }

  /** A default, or an entity's text, as a part of an attribute's value: references resolved, white space normalised. */
  #value(text: string): string {
    return text.replace(valueSpecials, (found, name: string | undefined, end: string) => {
      if (found === '<')
        throw new XmlFault('"<" is not allowed in an attribute value, nor in an entity used there');
      if (name === undefined) return ' ';
      if (end === '' || !isReferenceName(name)) throw bareAmpersand();
      return this.#resolve(name, 'value') ?? '';
    });
  }

  /** Counts what a reference stands for. */
  #refer(name: string, text: string): void {
    this.#make(name, text);
    this.spend(text.length - name.length - 2);
  }

  /** Holds what is being made to its limit, with a text in the place of a reference in it. */
  #make(name: string, text: string): void {
    const { guard, pending } = this.#options;
    this.#made += text.length - name.length - 2;
    guard.checkText(pending() + this.#made);
  }

  #begin(name: string, text: string): void {
    if (this.#open.has(name)) throw new XmlFault(`the entity "${name}" refers to itself`);
    if (this.#open.size >= deepestEntity)
      throw new XmlFault(`more than ${deepestEntity} entities are inside each other`);
    const { guard, pending } = this.#options;
    guard.checkText(pending());
    this.spend(text.length - name.length - 2);
    this.#open.add(name);
  }
}

/** Whether a replacement text is text alone. "]]>" is left to the reader, which refuses it. */
function isPlain(text: string): boolean {
  return !/[&<]|\]\]>/.test(text);
}
