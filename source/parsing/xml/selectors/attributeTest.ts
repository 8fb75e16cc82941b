import { type ElementTest } from './Compound.js';
import { type AttributeAction } from './parseSelector.js';

/** What an attribute test of a selector asks for, its prefix resolved. */
export interface AttributeQuestion {
  readonly local: string;
  /** The namespace; `undefined` is any, the empty string none. */
  readonly uri: string | undefined;
  /** The operator; CSS has no `!=`. */
  readonly action: Exclude<AttributeAction, 'not'>;
  readonly value: string;
  /** Whether ASCII letters match in either case: the flag `i`. */
  readonly ignoreCase: boolean;
}

/**
 * An attribute selector as a test of a start tag.
 *
 * @see https://www.w3.org/TR/selectors-4/#attribute-selectors
 */
export function attributeTest({ local, uri, action, value, ignoreCase }: AttributeQuestion): ElementTest {
  const wanted = ignoreCase ? asciiLowercase(value) : value;
  const matches = valueTest(action, wanted);
  return (tag) =>
    tag.attributes.some(
      (attribute) =>
        attribute.local === local &&
        (uri === undefined || attribute.uri === uri) &&
        matches(ignoreCase ? asciiLowercase(attribute.value) : attribute.value),
    );
}

function valueTest(action: AttributeQuestion['action'], wanted: string): (value: string) => boolean {
  switch (action) {
    case 'exists':
      return () => true;
    case 'equals':
      return (value) => value === wanted;
    case 'element':
      return (value) => wanted !== '' && value.split(/[ \t\n\r\f]+/).includes(wanted);
    case 'hyphen':
      return (value) => value === wanted || value.startsWith(`${wanted}-`);
    case 'start':
      return (value) => wanted !== '' && value.startsWith(wanted);
    case 'end':
      return (value) => wanted !== '' && value.endsWith(wanted);
    case 'any':
      return (value) => wanted !== '' && value.includes(wanted);
  }
}

function asciiLowercase(text: string): string {
  return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}
