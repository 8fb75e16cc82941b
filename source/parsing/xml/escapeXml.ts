/**
 * Escapes what XML would read as markup: in [text](https://w3c.github.io/DOM-Parsing/#dfn-xml-serializing-a-text-node), or in an
 * [attribute's value](https://w3c.github.io/DOM-Parsing/#dfn-serializing-an-attribute-value) between double quotes. White space
 * that a reader would change is written as references.
 */
export function escapeXml(text: string, where: 'text' | 'attribute'): string {
  return text.replace(
    where === 'text' ? /[&<>\r]/g : /[&<>"\t\n\r]/g,
    (character) => references[character] ?? character,
  );
}

const references: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\t': '&#x9;',
  '\n': '&#xA;',
  '\r': '&#xD;',
};
