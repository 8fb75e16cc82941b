import { type TextPosition } from '../../../errors/ParseError.js';
import { type RawAttribute } from '../NamespaceScopes.js';
import { TextPlaces } from './TextPlaces.js';
import { type XmlRepairKind } from './XmlRepair.js';

/** What {@link readLenientTag} asks for. */
export interface TagReader {
  /** The value of an attribute, by what stands between its quotes; `at` tells the place of a character of that. */
  value(raw: string, at: (index: number) => TextPosition): string;
  repair(kind: XmlRepairKind, position: TextPosition, text: string): void;
  /** Called for what cannot be repaired; it throws. */
  fail(detail: string, position: TextPosition): never;
}

/** A start tag whose names were not resolved yet. */
export interface LenientTag {
  readonly name: string;
  readonly attributes: RawAttribute[];
  readonly selfClosing: boolean;
}

const name = /[^\s"'<>/=&]+/y;
const space = /[ \t\r\n]*/y;
const unquoted = /[^\s]*/y;

/**
 * Reads what is between "<" and ">" of a start tag. Of attributes by the same name the first stands; values may lack quotes, and
 * attributes the value.
 */
export function readLenientTag(content: string, start: TextPosition, reader: TagReader): LenientTag {
  let places: TextPlaces | undefined;
  const at = (index: number): TextPosition => {
    if (places === undefined) {
      const { line, column, offset } = start;
      places = new TextPlaces({ line, column: column + 1, offset: offset + 1 });
      places.next(content);
    }
    return places.at(index);
  };
  const selfClosing = content.endsWith('/');
  const text = selfClosing ? content.slice(0, -1) : content;
  let index = 0;
  const match = (pattern: RegExp): string => {
    pattern.lastIndex = index;
    const [found = ''] = pattern.exec(text) ?? [];
    index += found.length;
    return found;
  };
  const element = match(name);
  const attributes: RawAttribute[] = [];
  const seen = new Set<string>();
  for (;;) {
    const before = match(space);
    if (index >= text.length) return { name: element, attributes, selfClosing };
    const from = index;
    const attribute = match(name);
    if (attribute === '') reader.fail('a character is not allowed inside a start tag', at(index));
    if (before === '') reader.repair('missingSpace', at(from), attribute);
    const behind = index;
    match(space);
    if (text.charAt(index) !== '=') {
      index = behind;
      reader.repair('missingValue', at(from), attribute);
      add(attribute, '', from);
      continue;
    }
    index += 1;
    match(space);
    const quote = text.charAt(index);
    let raw: string;
    let first = index;
    if (quote === '"' || quote === "'") {
      const end = text.indexOf(quote, index + 1);
      // The tag ends behind its last quote, unless the "/" before the ">" was one's own.
      if (end === -1) reader.fail('a value has no end', at(index));
      first = index + 1;
      raw = text.slice(first, end);
      index = end + 1;
    } else {
      raw = match(unquoted);
      reader.repair(raw === '' ? 'missingValue' : 'unquotedValue', at(from), `${attribute}=${raw}`);
    }
    add(attribute, raw, from, first);
  }

  function add(attribute: string, raw: string, from: number, first = from): void {
    if (seen.has(attribute)) {
      reader.repair('duplicateAttribute', at(from), attribute);
      return;
    }
    seen.add(attribute);
    attributes.push({ name: attribute, value: reader.value(raw, (index) => at(first + index)) });
  }
}
