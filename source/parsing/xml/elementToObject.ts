import { type RecordNode, walk } from './RecordNode.js';
import { type ResolvedName } from './NamespaceScopes.js';
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
  const nameOf = ({ name, local, uri }: ResolvedName): string => {
    const prefix = uri === '' ? undefined : prefixes.get(uri);
    if (prefix === undefined) return name;
    return prefix === '' ? local : `${prefix}:${local}`;
  };

  return node.toObject?.(always, nameOf) ?? convert(node, always, nameOf);
}

/** An element whose object is being made. */
interface Frame {
  readonly element: RecordNode;
  text: string;
  readonly children: (readonly [name: string, value: string | XmlObject])[];
}

function convert(
  root: RecordNode,
  always: ReadonlySet<string>,
  nameOf: (name: ResolvedName) => string,
): XmlObject {
  const finish = ({ element, text, children }: Frame): XmlObject => {
    const members = new Map<string, (string | XmlObject)[]>();
    const add = (name: string, value: string | XmlObject): void => {
      const values = members.get(name);
      if (values === undefined) members.set(name, [value]);
      else values.push(value);
    };
    for (const attribute of element.tag.attributes) {
      if (!isDeclaration(attribute)) add(`@${nameOf(attribute)}`, element.own(attribute.value));
    }
    if (children.length === 0 ? text !== '' : /[^ \t\r\n]/.test(text)) add('#text', element.own(text));
    for (const [name, value] of children) add(name, value);
    const entries = [...members].map(([name, values]): [string, XmlValue] => {
      const [only] = values;
      return [name, values.length > 1 || only === undefined || always.has(name) ? values : only];
    });
    // It defines members and assigns none, so that a child may be called __proto__.
    return Object.fromEntries(entries);
  };
  let frame: Frame = { element: root, text: '', children: [] };
  const around: Frame[] = [];
  walk(root, (child) => {
    if (typeof child === 'string') {
      frame.text += child;
    } else if (child !== undefined) {
      around.push(frame);
      frame = { element: child, text: '', children: [] };
    } else {
      const { element, text } = frame;
      const value = isTextOnly(element) ? element.own(text) : finish(frame);
      frame = around.pop() ?? frame;
      frame.children.push([nameOf(element.tag), value]);
    }
  });
  return finish(frame);
}

function isTextOnly({ tag, content }: RecordNode): boolean {
  return typeof content !== 'object' && tag.attributes.every(isDeclaration);
}
