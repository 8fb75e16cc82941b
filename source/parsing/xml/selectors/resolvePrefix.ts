import { selectorError } from './selectorError.js';

/** Namespaces by the prefixes that selectors use for them; `''` is the namespace of types without a prefix. */
export type Namespaces = Readonly<Record<string, string>>;

/** The namespace of a selector's prefix; throws a `TypeError` where none was given. */
export function resolvePrefix(prefix: string, namespaces: Namespaces, selector: string): string {
  // hasOwn, or `constructor|title` would find something.
  const uri = Object.hasOwn(namespaces, prefix) ? namespaces[prefix] : undefined;
  if (uri !== undefined) return uri;
  if (prefix === 'xml') return 'http://www.w3.org/XML/1998/namespace';
  const known = Object.keys(namespaces).filter((name) => name !== '');
  throw selectorError(
    selector,
    `uses the prefix '${prefix}', which the option namespaces does not give (it gives ${known.length === 0 ? 'none' : known.join(', ')}): ` +
      `write { namespaces: { ${prefix}: 'the namespace’s URI' } }`,
  );
}
