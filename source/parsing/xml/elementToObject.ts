import { RecordNode } from './RecordNode.js';
import { type Namespaces } from './selectors/resolvePrefix.js';
import { isDeclaration } from './XmlHandler.js';
import { type XmlObject, type XmlObjectOptions, type XmlValue } from './XmlObject.js';

/** An element as an object; its rules are told at {@link XmlElement.toObject}. */
export function elementToObject(
  node: RecordNode,
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

  const convert = (element: RecordNode): XmlObject => {
    const { tag, content } = element;
    const members = new Map<string, (string | XmlObject)[]>();
    const add = (name: string, value: string | XmlObject) => {
      const values = members.get(name);
      if (values === undefined) members.set(name, [value]);
      else values.push(value);
    };
    for (const attribute of tag.attributes) {
      if (!isDeclaration(attribute)) add(`@${nameOf(attribute)}`, element.own(attribute.value));
    }
    const children = typeof content === 'object' ? content : [content ?? ''];
    const text = children.filter((child) => typeof child === 'string').join('');
    const elements = children.filter((child) => child instanceof RecordNode);
    if (elements.length === 0 ? text !== '' : /[^ \t\r\n]/.test(text)) add('#text', element.own(text));
    for (const child of elements)
      add(nameOf(child.tag), isTextOnly(child) ? child.own(child.text()) : convert(child));
    const entries = [...members].map(([name, values]): [string, XmlValue] => {
      const [only] = values;
      return [name, values.length > 1 || only === undefined || always.has(name) ? values : only];
    });
    // It defines members and assigns none, so that a child may be called __proto__.
    return Object.fromEntries(entries);
  };
  return node.toObject?.(always, nameOf) ?? convert(node);
}

function isTextOnly({ tag, content }: RecordNode): boolean {
  return typeof content !== 'object' && tag.attributes.every(isDeclaration);
}
