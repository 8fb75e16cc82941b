/**
 * Texts for entities that the document itself does not declare: a record by name, a function (`undefined` for a name it
 * does not know), or `'html'` for the names of HTML (`&nbsp;`, `&eacute;`). They are text, never markup: what they give
 * for `&x;` is not read again.
 */
export type XmlEntities = Readonly<Record<string, string>> | ((name: string) => string | undefined) | 'html';
