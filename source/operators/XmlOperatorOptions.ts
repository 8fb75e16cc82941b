import { type Limits } from '../options/Limits.js';

/** Options that `xml`, `elements` and `xmlDocument` share. */
export interface XmlOperatorOptions {
  /**
   * Values for entities that the document itself does not declare: a record of names to texts, a function, or `'html'`
   * for the names of HTML (in a browser the page's own HTML parser knows them). They are text, never markup.
   * @defaultValue none; an entity that is declared nowhere is an error
   */
  readonly entities?:
    Readonly<Record<string, string>> | ((name: string) => string | undefined) | 'html' | undefined;
  /** Limits to put in the place of the request's. @defaultValue the request's */
  readonly limits?: Partial<Limits> | undefined;
}
