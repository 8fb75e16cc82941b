import { type XmlPlatform } from './xmlPlatform.js';

/** Parsing a page for each reference would cost 20 µs; HTML has 2,125 names, so that this is bounded. */
const known = /*#__PURE__*/ new Map<string, string>();

/** The DOM of the page, looked up when it is needed: a worker has none, and streaming needs none. */
export const browserPlatform: XmlPlatform = {
  createDocument() {
    const { document } = globalThis as { readonly document?: Document };
    if (document === undefined) {
      throw new Error(
        'xmlDocument() needs a page: there is no DOM here (a worker?); use elements() or xml()',
      );
    }
    return document.implementation.createDocument(null, '', null);
  },

  htmlEntity(name) {
    if (!/^[a-z][a-z\d]*$/i.test(name)) return undefined;
    const value = known.get(name) ?? readEntity(name);
    if (value !== undefined) known.set(name, value);
    return value;
  },
};

function readEntity(name: string): string | undefined {
  if (!('DOMParser' in globalThis)) {
    throw new Error(
      `&${name}; needs a page: there is no DOM here (a worker?); give the option entities a record or a function`,
    );
  }
  // The letter keeps white space from being dropped at the start of the body.
  const { body } = new DOMParser().parseFromString(`x&${name};`, 'text/html');
  const text = body.textContent.slice(1);
  // Some names are known without their semicolon too: &notit; is &not; and "it;".
  return text.endsWith(';') && name !== 'semi' ? undefined : text;
}
