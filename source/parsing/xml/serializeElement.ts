import { type RecordNode, walk } from './RecordNode.js';
import { isDeclaration, type XmlAttribute } from './XmlHandler.js';

const references: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
};

/**
 * An element as XML that is well-formed on its own: declarations of the elements around it are repeated on it, and what
 * a reader would change or misread is written as a reference. What only XML 1.1 can hold begins with a declaration that says so.
 */
export function serializeElement(node: RecordNode): string {
  const parts: string[] = [];
  const open: RecordNode[] = [];
  let isVersion11 = false as boolean;
  const start = (element: RecordNode, declarations: readonly XmlAttribute[] = []): void => {
    open.push(element);
    const { tag, content } = element;
    parts.push('<', tag.name);
    for (const { name, value } of [...tag.attributes, ...declarations]) {
      if (value === '' && name.startsWith('xmlns:')) isVersion11 = true;
      parts.push(' ', name, '="', escapeAttribute(value), '"');
    }
    parts.push(content === undefined ? '/>' : '>');
  };
  const end = (): void => {
    const element = open.pop();
    if (element?.content !== undefined) parts.push('</', element.tag.name, '>');
  };
  start(node, inheritedDeclarations(node));
  walk(node, (child) => {
    if (child === undefined) end();
    else if (typeof child === 'string') parts.push(escapeText(child));
    else start(child);
  });
  end();
  const xml = parts.join('');
  return isVersion11 || control.test(xml) ? `<?xml version="1.1"?>${xml}` : xml;
}

/** The declarations in force at the element that it does not make itself. */
function inheritedDeclarations(node: RecordNode): readonly XmlAttribute[] {
  const declared = new Map<string, XmlAttribute>();
  for (const attribute of node.ancestors().flatMap(({ attributes }) => attributes)) {
    if (isDeclaration(attribute)) declared.set(attribute.name, attribute);
  }
  for (const { name } of node.tag.attributes) declared.delete(name);
  return [...declared.values()].filter(({ value }) => value !== '');
}

/** References to controls that XML 1.0 does not know. */
const control = /&#x(?:[1-8BCEF]|1[\dA-F]);/;

// Controls, and the line ends of XML 1.1, survive as references only.
function escapeText(text: string): string {
  return text.replace(/[&<>\x01-\x08\x0B-\x1F\x7F-\x9F\u2028]/g, reference);
}

function escapeAttribute(value: string): string {
  return value.replace(/[&<>"\x01-\x1F\x7F-\x9F\u2028]/g, reference);
}

function reference(character: string): string {
  return references[character] ?? `&#x${character.charCodeAt(0).toString(16).toUpperCase()};`;
}
