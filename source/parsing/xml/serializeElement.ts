import { RecordNode } from './RecordNode.js';
import { isDeclaration, type XmlAttribute } from './XmlHandler.js';

const references: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
};

/**
 * An element as XML that is well-formed on its own: declarations of the elements around it are repeated on it, and what
 * a reader would change or misread is written as a reference.
 */
export function serializeElement(node: RecordNode): string {
  const parts: string[] = [];
  write(node, parts, inheritedDeclarations(node));
  return parts.join('');
}

function write({ tag, content }: RecordNode, parts: string[], declarations: readonly XmlAttribute[]): void {
  parts.push('<', tag.name);
  for (const { name, value } of [...tag.attributes, ...declarations]) {
    parts.push(' ', name, '="', escapeAttribute(value), '"');
  }
  if (content === undefined) {
    parts.push('/>');
    return;
  }
  parts.push('>');
  if (typeof content === 'string') {
    parts.push(escapeText(content));
  } else {
    for (const child of content) {
      if (typeof child === 'string') parts.push(escapeText(child));
      else if (child instanceof RecordNode) write(child, parts, []);
    }
  }
  parts.push('</', tag.name, '>');
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
