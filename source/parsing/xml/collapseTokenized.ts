import { type AttributeDeclaration } from './dtd/Dtd.js';
import { type RawAttribute } from './NamespaceScopes.js';

/** The attributes of an element, the values of those that have another type than `CDATA` collapsed. */
export function collapseTokenized(
  attributes: readonly RawAttribute[],
  declared: ReadonlyMap<string, AttributeDeclaration> | undefined,
): readonly RawAttribute[] {
  if (declared === undefined) return attributes;
  return attributes.map((attribute) =>
    declared.get(attribute.name)?.tokenized === true
      ? { ...attribute, value: collapseSpaces(attribute.value) }
      : attribute,
  );
}

/**
 * The value of an attribute whose declared type is other than `CDATA`: spaces at its ends go, and of several one stays.
 *
 * @see https://www.w3.org/TR/xml/#AVNormalize
 */
function collapseSpaces(value: string): string {
  return value.replace(/ +/g, ' ').replace(/^ | $/g, '');
}
