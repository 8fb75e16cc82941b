import { namespaces as wellKnown } from '../namespaces.js';

/** Namespaces by the prefixes that selectors use for them; `''` is the namespace of types without a prefix. */
export type Namespaces = Readonly<Record<string, string>>;

/** The namespace of a selector's prefix; throws a `TypeError` where none was given. */
export function resolvePrefix(prefix: string, namespaces: Namespaces, selector: string): string {
  // hasOwn, or `constructor|title` would find something.
  const uri = Object.hasOwn(namespaces, prefix) ? namespaces[prefix] : undefined;
  if (uri !== undefined) return uri;
  if (prefix === 'xml') return wellKnown.xml;
  const known = Object.keys(namespaces).filter((name) => name !== '');
  throw selectorError(
    selector,
    `uses the prefix '${prefix}', which the option namespaces does not give (it gives ${known.length === 0 ? 'none' : known.join(', ')}): ` +
      `write { namespaces: { ${prefix}: 'the namespace’s URI' } }`,
  );
}

/** The error of a selector that cannot be compiled: what is wrong with which, and what to write. */
export function selectorError(selector: string, detail: string, cause?: unknown): TypeError {
  return new TypeError(
    `The selector ${JSON.stringify(selector)} ${detail}`,
    cause === undefined ? undefined : { cause },
  );
}
