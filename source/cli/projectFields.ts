import { type XmlElement } from '../parsing/xml/XmlElement.js';
import { type Field } from './parseFields.js';

/** What a field's value is: its text without white space around it, a list of such, or null where nothing matches. */
export type FieldValue = string | readonly string[] | null;

/** A record made of the chosen fields, in their order. */
export function projectFields(
  element: XmlElement,
  fields: readonly Field[],
): Readonly<Record<string, FieldValue>> {
  // Defined, not assigned, so that a field may be called __proto__.
  return Object.fromEntries(fields.map((field) => [field.name, valueOf(element, field)]));
}

function valueOf(element: XmlElement, { selector, attribute, isList }: Field): FieldValue {
  if (isList) {
    const matches = selector === undefined ? [element] : element.all(selector);
    return matches.map((match) => textOf(match, attribute)).filter((text) => text !== undefined);
  }
  const match = selector === undefined ? element : element.first(selector);
  return (match && textOf(match, attribute)) ?? null;
}

function textOf(element: XmlElement, attribute: string | undefined): string | undefined {
  return attribute === undefined ? element.text().trim() : element.attribute(attribute);
}
