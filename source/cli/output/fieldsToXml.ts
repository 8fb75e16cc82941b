import { type FieldValue } from '../projectFields.js';

/** Fields as XML: their names are values here, since not every name of a field can be the name of an element. */
export function fieldsToXml(record: Readonly<Record<string, FieldValue>>): string {
  const fields = Object.entries(record).flatMap(([name, value]) =>
    (value === null ? [] : typeof value === 'string' ? [value] : value).map(
      (text) => `<field name="${escape(name)}">${escape(text)}</field>`,
    ),
  );
  return `<record>${fields.join('')}</record>`;
}

function escape(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replace(/[\t\n\r]/g, (character) => `&#${character.charCodeAt(0)};`);
}
