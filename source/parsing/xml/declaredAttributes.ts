import { type DeclaredAttributes } from './dtd/Dtd.js';
import { type RawAttribute } from './NamespaceScopes.js';

/**
 * The attributes of an element as its declarations have them: the values of those that have another type than `CDATA` collapsed,
 * and behind those that are given the defaults of those that are not.
 *
 * @param count - is told how many characters each default would take if it were written there
 */
export function declaredAttributes(
  given: readonly RawAttribute[],
  { all, defaults }: DeclaredAttributes,
  count: (characters: number) => void,
): readonly RawAttribute[] {
  const attributes = given.map((attribute) =>
    all.get(attribute.name)?.tokenized === true
      ? { ...attribute, value: collapseSpaces(attribute.value) }
      : attribute,
  );
  if (defaults.length === 0) return attributes;
  const names = new Set(given.map(({ name }) => name));
  for (const attribute of defaults) {
    if (names.has(attribute.name)) continue;
    count(attribute.name.length + attribute.value.length + ' =""'.length);
    // The same for all elements: it takes no memory but once.
    attributes.push(attribute);
  }
  return attributes;
}

/**
 * The value of an attribute whose declared type is other than `CDATA`: spaces at its ends go, and of several one stays.
 *
 * @see https://www.w3.org/TR/xml/#AVNormalize
 */
export function collapseSpaces(value: string): string {
  return value.replace(/ +/g, ' ').replace(/^ | $/g, '');
}
