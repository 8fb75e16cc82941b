import { type ElementNode } from './ElementNode.js';
import { detach } from './kept.js';
import { type Namespaces } from './selectors/resolvePrefix.js';
import { isDeclaration } from './XmlHandler.js';

/** A plain-object view of an element: see {@link XmlElement.toObject}. */
export interface XmlObject {
  readonly [name: string]: XmlValue;
}

/** What a child element is in an {@link XmlObject}: its text, an object, or a list where the name comes again. */
export type XmlValue = string | XmlObject | readonly (string | XmlObject)[];

/** How {@link XmlElement.toObject} writes an element. */
export interface XmlObjectOptions {
  /** Names whose values are lists even where there is one: `['image', 'g:shipping']`. @defaultValue none */
  readonly arrays?: readonly string[];
}

/** An element as an object; its rules are told at {@link XmlElement.toObject}. */
export function elementToObject(
  node: ElementNode,
  { arrays = [] }: XmlObjectOptions,
  namespaces: Namespaces,
): XmlObject {
  const prefixes = new Map(Object.entries(namespaces).map(([prefix, uri]) => [uri, prefix]));
  const always = new Set(arrays);
  const nameOf = ({ name, local, uri }: { name: string; local: string; uri: string }) => {
    const prefix = uri === '' ? undefined : prefixes.get(uri);
    if (prefix === undefined) return name;
    return prefix === '' ? local : `${prefix}:${local}`;
  };

  const convert = ({ tag, content }: ElementNode): XmlObject => {
    const members = new Map<string, (string | XmlObject)[]>();
    const add = (name: string, value: string | XmlObject) => {
      const values = members.get(name);
      if (values === undefined) members.set(name, [value]);
      else values.push(value);
    };
    for (const attribute of tag.attributes) {
      if (!isDeclaration(attribute)) add(`@${nameOf(attribute)}`, detach(attribute.value));
    }
    const children = typeof content === 'object' ? content : [content ?? ''];
    const text = children.filter((child) => typeof child === 'string').join('');
    const elements = children.filter((child) => typeof child === 'object');
    if (elements.length === 0 ? text !== '' : /[^ \t\r\n]/.test(text)) add('#text', detach(text));
    for (const child of elements)
      add(nameOf(child.tag), isTextOnly(child) ? detach(child.text()) : convert(child));
    const entries = [...members].map(([name, values]): [string, XmlValue] => {
      const [only] = values;
      return [name, values.length > 1 || only === undefined || always.has(name) ? values : only];
    });
    // It defines members and assigns none, so that a child may be called __proto__.
    return Object.fromEntries(entries);
  };
  return convert(node);
}

function isTextOnly({ tag, content }: ElementNode): boolean {
  return typeof content !== 'object' && tag.attributes.every(isDeclaration);
}
