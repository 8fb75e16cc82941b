import { UsageError } from './exit.js';

/** One field of a record: what it is called and where its value is found. */
export interface Field {
  /** Its name in the output. */
  readonly name: string;
  /** Which element, from the record on; `undefined` is the record itself. */
  readonly selector: string | undefined;
  /** Which attribute of that element; `undefined` is its text. */
  readonly attribute: string | undefined;
  /** Whether it is a list of all matches, not the first. */
  readonly isList: boolean;
}

/**
 * Reads the list of `--fields`: `id=g|id,title,images[]=g|image,lang=title/@lang`.
 *
 * - `fields = field *("," field)`, `field = [name ["[]"] "="] path`
 * - `path = "." / selector / [selector "/"] "@" attribute`: `.` is the record's own text
 *
 * A selector is one of `XmlElement.first()`; commas and equals signs inside of its brackets and quotes are its own. A
 * field without a name is called what its path is.
 */
export function parseFields(list: string): readonly Field[] {
  const fields = splitOutside(list, ',').map((text) => parseField(text.trim(), list));
  const names = new Set<string>();
  for (const { name } of fields) {
    if (names.has(name))
      throw new UsageError(`--fields: '${name}' is there twice; rename one: other=${name}`);
    names.add(name);
  }
  return fields;
}

function parseField(text: string, list: string): Field {
  const [first = '', ...rest] = splitOutside(text, '=');
  const isNamed = rest.length > 0;
  const label = first.trim();
  const path = isNamed ? rest.join('=').trim() : label;
  const isList = isNamed && label.endsWith('[]');
  const name = isList ? label.slice(0, -2).trimEnd() : label;
  if (name === '' || path === '') {
    throw new UsageError(
      `--fields: cannot read '${text}' in '${list}'; write name=selector, as in id=g|id,title,@lang`,
    );
  }
  return { name, isList, ...parsePath(path) };
}

function parsePath(path: string): Pick<Field, 'selector' | 'attribute'> {
  if (path === '.') return { selector: undefined, attribute: undefined };
  const parts = splitOutside(path, '/');
  const last = parts.at(-1) ?? '';
  if (parts.length > 2 || (parts.length === 2 && !last.startsWith('@')) || last === '@') {
    throw new UsageError(
      `--fields: cannot read '${path}'; a path is a selector (child elements: image > url), selector/@attribute or @attribute`,
    );
  }
  if (!last.startsWith('@')) return { selector: path, attribute: undefined };
  const [selector] = parts.length === 2 ? parts : [undefined];
  if (selector?.trim() === '')
    throw new UsageError(`--fields: '${path}' has no selector before the '/'; write ${last}`);
  return { selector: selector?.trim(), attribute: last.slice(1) };
}

/** Splits at a character wherever it stands outside of `[]`, `()` and quotes. */
function splitOutside(text: string, separator: string): readonly string[] {
  const parts: string[] = [];
  let start = 0;
  let depth = 0;
  let quote: string | undefined;
  for (let index = 0; index < text.length; index++) {
    const character = text.charAt(index);
    if (quote !== undefined) {
      if (character === '\\') index++;
      else if (character === quote) quote = undefined;
    } else if (character === '"' || character === "'") quote = character;
    else if (character === '[' || character === '(') depth++;
    else if (character === ']' || character === ')') depth--;
    else if (character === separator && depth <= 0) {
      parts.push(text.slice(start, index));
      start = index + 1;
    }
  }
  parts.push(text.slice(start));
  return parts;
}
